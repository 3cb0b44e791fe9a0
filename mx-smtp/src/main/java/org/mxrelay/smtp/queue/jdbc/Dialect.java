package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between database engines. Safe for use by several threads. */
interface Dialect {

  /** The store's name for people. */
  String store();

  /** A new connection to a store whose schema is there. */
  Connection connect() throws SQLException;

  /** A new connection that cannot write. */
  Connection connectForReading() throws SQLException;

  /** Begins a transaction that will write, so that it cannot fail for want of a lock later. */
  void begin(Connection connection) throws SQLException;

  /** Ends the transaction. When it returns, the transaction is durable. */
  void commit(Connection connection) throws SQLException;

  /** Leaves the connection without a transaction, whatever happened to it. */
  void rollback(Connection connection);

  /** Whether a commit that failed so may have happened after all. */
  boolean isUncertain(SQLException failedCommit);

  /** Whether a connection on which something failed is still good for more. */
  default boolean isUsable(Connection connection) {
    return true;
  }

  /** Undoes what {@link #connect} did to a connection that goes back to where it came from. */
  default void leave(Connection connection) throws SQLException {}

  /**
   * Inserts a row, unless one is there under one of its keys.
   *
   * @return how many rows were inserted
   */
  int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException;

  /** Differs after each transaction of anybody else. To be asked within a transaction. */
  long foreignChanges(Statements statements) throws SQLException;

  /** What to tell of the serial that transactions find and leave, if the store counts by it. */
  default Optional<OthersWork> others() {
    return Optional.empty();
  }

  /**
   * The time by which leases begin and end: the same for all who share the store.
   *
   * @param callers what the caller takes the time to be
   */
  Instant leaseTime(Statements statements, Instant callers) throws SQLException;

  /** The right to be the one engine; none where several may deliver from the store. */
  Optional<EngineLock> lock();

  /** Where the one engine's journal is; nothing if there can be none. */
  default Optional<Path> journal() {
    return Optional.empty();
  }

  /** The server that several nodes share; none if the store serves one engine. */
  default Optional<Product> server() {
    return Optional.empty();
  }
}
