package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the database servers whose store several nodes may share. Safe for use by
 * several threads.
 */
interface Product {

  /** How long a transaction waits for another node's. */
  Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * How long the server lets a transaction idle before it ends the session: a node that was stopped
   * in the middle of one must not stop the others for longer.
   */
  Duration IDLE = Duration.ofSeconds(10);

  /** Its name for people. */
  String name();

  /** Writes a table definition in its words. */
  String definition(String template);

  /** Lets one process at a time look at the tables and make them. */
  void lockSchema(Connection connection) throws SQLException;

  /** Whether {@link #lockSchema} lasts until all tables are made. */
  default boolean keepsOthersFromDefining() {
    return true;
  }

  /** Ends what {@link #lockSchema} began, if the end of the transaction does not. */
  default void unlockSchema(Connection connection) throws SQLException {}

  /** Readies a new connection for reading and writing our tables. */
  default void greet(Connection connection) throws SQLException {}

  /** Undoes what {@link #greet} did to a connection that goes back to its pool. */
  default void leave(Connection connection) throws SQLException {}

  /** Within a new transaction: waits until no other node writes, and keeps them from it. */
  void lock(Connection connection) throws SQLException;

  /** Makes the transaction that is under way durable at its commit, if that is not so anyway. */
  default void makeDurable(Connection connection) throws SQLException {}

  /** The server's own time in microseconds since 1970, as a query. */
  String clock();

  /**
   * Inserts a row, unless one is there under one of its keys.
   *
   * @return how many rows were inserted
   */
  int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException;

  /** What of the server's settings lets a power cut take what was committed, in words. */
  List<String> weaknesses(Connection connection) throws SQLException;

  /** Runs a statement that nobody needs the answer of. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  static Optional<String> ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }
}
