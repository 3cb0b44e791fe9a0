package org.mxrelay.smtp.backup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.QueueException;

/**
 * A memory in a relational database, in one table, {@code mx_memory}, which is made if it is not
 * there. Several nodes may share it. The queue's own database will do; on SQLite a file of its own
 * is better, since the queue's has one writer at a time.
 *
 * <p>Safe for use by several threads. Uses one connection at a time, and another one after a
 * failure.
 */
public final class JdbcMemory implements BackupMemory {

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS mx_memory (topic VARCHAR(16) NOT NULL, name VARCHAR(400) NOT"
          + " NULL, fact VARCHAR(1000) NOT NULL, learnt BIGINT NOT NULL, kept_until BIGINT NOT"
          + " NULL, PRIMARY KEY (topic, name))";

  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;

  private interface Source {
    Connection connect() throws SQLException;
  }

  private interface Task<T> {
    T on(Connection connection) throws SQLException;
  }

  private JdbcMemory(Source source) {
    this.source = source;
    with(
        c -> {
          try (Statement statement = c.createStatement()) {
            return statement.execute(TABLE + words(c));
          }
        });
  }

  /** Keys are taken at their word, and what a primary says is kept in whatever script it is. */
  private static String words(Connection c) throws SQLException {
    return c.getMetaData().getDatabaseProductName().equals("MariaDB")
        ? " CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin"
        : "";
  }

  /**
   * A memory in a database.
   *
   * @throws QueueException if it cannot be opened
   */
  public static JdbcMemory on(DataSource database) {
    return new JdbcMemory(database::getConnection);
  }

  /**
   * A memory where a JDBC URL says: {@code jdbc:sqlite:memory.db}.
   *
   * @throws QueueException if it cannot be opened
   */
  public static JdbcMemory open(String url) {
    return new JdbcMemory(() -> connect(url));
  }

  private static Connection connect(String url) throws SQLException {
    Connection opened = DriverManager.getConnection(url);
    if (url.startsWith("jdbc:sqlite:")) {
      try (Statement statement = opened.createStatement()) {
        // What the last moments before a power loss taught may be learnt again.
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=NORMAL");
        statement.execute("PRAGMA busy_timeout=5000");
      }
    }
    return opened;
  }

  @Override
  public Optional<Memo> find(Topic topic, String key) {
    return with(
        c -> {
          String sql =
              "SELECT fact, learnt, kept_until FROM mx_memory WHERE topic = ? AND name = ?";
          try (PreparedStatement select = c.prepareStatement(sql)) {
            select.setString(1, topic.word());
            select.setString(2, key);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(memo(row)) : Optional.empty();
            }
          }
        });
  }

  private static Memo memo(ResultSet row) throws SQLException {
    return new Memo(row.getString(1), instant(row.getLong(2)), instant(row.getLong(3)));
  }

  @Override
  public void put(Topic topic, String key, Memo memo) {
    with(c -> update(c, topic, key, memo) || insert(c, topic, key, memo));
  }

  private static boolean update(Connection c, Topic topic, String key, Memo memo)
      throws SQLException {
    return write(
        c,
        "UPDATE mx_memory SET fact = ?, learnt = ?, kept_until = ? WHERE topic = ? AND name = ?",
        topic,
        key,
        memo);
  }

  private static boolean insert(Connection c, Topic topic, String key, Memo memo)
      throws SQLException {
    try {
      return write(
          c,
          "INSERT INTO mx_memory (fact, learnt, kept_until, topic, name) VALUES (?, ?, ?, ?, ?)",
          topic,
          key,
          memo);
    } catch (SQLException e) {
      // Another node was faster, whatever this database calls that.
      if (update(c, topic, key, memo)) {
        return true;
      }
      throw e;
    }
  }

  private static boolean write(Connection c, String sql, Topic topic, String key, Memo memo)
      throws SQLException {
    try (PreparedStatement write = c.prepareStatement(sql)) {
      write.setString(1, memo.text());
      write.setLong(2, micros(memo.at()));
      write.setLong(3, micros(memo.until()));
      write.setString(4, topic.word());
      write.setString(5, key);
      return write.executeUpdate() > 0;
    }
  }

  @Override
  public void sweep(Instant now) {
    with(
        c -> {
          String sql = "DELETE FROM mx_memory WHERE kept_until <= ?";
          try (PreparedStatement delete = c.prepareStatement(sql)) {
            delete.setLong(1, micros(now));
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  private <T> T with(Task<T> task) {
    lock.lock();
    try {
      Connection old = connection;
      return old == null ? anew(task) : onceMore(old, task);
    } catch (SQLException e) {
      drop();
      throw new QueueException("the memory failed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T anew(Task<T> task) throws SQLException {
    Connection now = source.connect();
    connection = now;
    return task.on(now);
  }

  /** A server may have ended an idle connection, which says nothing of the next one. */
  private <T> T onceMore(Connection old, Task<T> task) throws SQLException {
    try {
      return task.on(old);
    } catch (SQLException e) {
      drop();
      return anew(task);
    }
  }

  private void drop() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        // It is given up in any case.
      }
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
