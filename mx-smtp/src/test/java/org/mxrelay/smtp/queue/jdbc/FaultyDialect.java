package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** SQLite whose disk is as large, and whose commits are as reliable, as a test says. */
final class FaultyDialect implements Dialect {

  /** What becomes of a commit. */
  enum Commit {
    WORKS,
    ANSWER_LOST,
    REFUSED
  }

  final AtomicReference<Commit> next = new AtomicReference<>(Commit.WORKS);
  final AtomicInteger commits = new AtomicInteger();
  private final Sqlite sqlite;
  private final AtomicReference<Connection> writing = new AtomicReference<>();

  private FaultyDialect(Path file) {
    sqlite = new Sqlite(file);
  }

  static FaultyDialect on(Path file) {
    new SqliteFile(file).prepare();
    return new FaultyDialect(file);
  }

  JdbcQueue queue() throws SQLException {
    return new JdbcQueue(
        this, new Writer(this, new Statements(connect())), JdbcQueueBuilder.of(this));
  }

  /** The writer's own. */
  Connection writing() {
    return writing.get();
  }

  void pages(int most) throws SQLException {
    try (Statement statement = writing.get().createStatement()) {
      statement.execute("PRAGMA max_page_count = " + most);
    }
  }

  @Override
  public String store() {
    return sqlite.store();
  }

  @Override
  public Connection connect() throws SQLException {
    writing.set(sqlite.connect());
    return writing.get();
  }

  @Override
  public Connection connectForReading() throws SQLException {
    return sqlite.connectForReading();
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    sqlite.begin(connection);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    Commit fate = next.getAndSet(Commit.WORKS);
    commits.incrementAndGet();
    if (fate == Commit.REFUSED) {
      throw new SQLException("planted: busy", "", 5);
    }
    sqlite.commit(connection);
    if (fate == Commit.ANSWER_LOST) {
      throw new SQLException("planted: sync failed", "", 10);
    }
  }

  @Override
  public void rollback(Connection connection) {
    sqlite.rollback(connection);
  }

  @Override
  public boolean isUncertain(SQLException failedCommit) {
    return sqlite.isUncertain(failedCommit);
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    return sqlite.insertIfAbsent(statements, insert, values);
  }

  @Override
  public long foreignChanges(Statements statements) throws SQLException {
    return sqlite.foreignChanges(statements);
  }

  @Override
  public Instant leaseTime(Statements statements, Instant callers) {
    return sqlite.leaseTime(statements, callers);
  }

  @Override
  public Optional<EngineLock> lock() {
    return sqlite.lock();
  }
}
