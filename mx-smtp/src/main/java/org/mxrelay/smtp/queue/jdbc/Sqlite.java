package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** SQLite in a file: one writer at a time in all processes, readers beside it. */
final class Sqlite implements Dialect {

  /** How long another process may hold the write lock. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int IOERR = 10;

  private final Path file;

  Sqlite(Path file) {
    this.file = file;
  }

  @Override
  public String store() {
    return file.toString();
  }

  @Override
  public Connection connect() throws SQLException {
    return with(
        open(file, "IMMEDIATE", PATIENCE),
        // Without FULL, which some builds lower, a power cut takes the last commits.
        "synchronous = FULL",
        // Rows are only ever removed with what hangs on them, in one place each.
        "foreign_keys = OFF",
        "cache_size = -16000",
        "temp_store = MEMORY",
        "wal_autocheckpoint = 4000",
        "journal_size_limit = 67108864");
  }

  @Override
  public Connection connectForReading() throws SQLException {
    return with(open(file, "DEFERRED", PATIENCE), "query_only = ON", "cache_size = -2000");
  }

  private static Connection with(Connection connection, String... pragmas) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @param mode of its transactions: DEFERRED, IMMEDIATE or EXCLUSIVE
   */
  static Connection open(Path file, String mode, Duration patience) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("transaction_mode", mode);
    properties.setProperty("busy_timeout", Long.toString(patience.toMillis()));
    // Or the driver asks for the last row's id after each insert, a statement prepared anew.
    properties.setProperty("jdbc.get_generated_keys", "false");
    return DriverManager.getConnection("jdbc:sqlite:" + file, properties);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    // Not commit(): that would begin the next transaction, and keep other processes from writing.
    connection.setAutoCommit(true);
  }

  @Override
  public void rollback(Connection connection) {
    // SQLite ends some failed transactions itself, and then refuses to end them again.
    quietly(() -> rollbackAnyway(connection));
    quietly(() -> connection.setAutoCommit(true));
  }

  private static void rollbackAnyway(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  private static void quietly(SqlAction action) {
    try {
      action.run();
    } catch (SQLException e) {
      // The failure that led here is the one to tell of.
    }
  }

  @Override
  public boolean isUncertain(SQLException failedCommit) {
    // A failed sync leaves a whole commit in the log that a restart might find.
    return failedCommit.getErrorCode() == IOERR;
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    return statements.update(insert + " ON CONFLICT DO NOTHING", values);
  }

  @Override
  public long foreignChanges(Statements statements) throws SQLException {
    return statements.first("PRAGMA data_version", r -> r.getLong(1)).orElse(0L);
  }

  @Override
  public Instant leaseTime(Statements statements, Instant callers) {
    // All who claim from it are on one machine, one at a time.
    return callers;
  }

  @Override
  public Optional<EngineLock> lock() {
    return Optional.of(new SqliteLock(file.resolveSibling(file.getFileName() + ".lock")));
  }

  @Override
  public Optional<Path> journal() {
    return Optional.of(file.resolveSibling(file.getFileName() + ".incoming"));
  }

  @FunctionalInterface
  private interface SqlAction {
    void run() throws SQLException;
  }
}
