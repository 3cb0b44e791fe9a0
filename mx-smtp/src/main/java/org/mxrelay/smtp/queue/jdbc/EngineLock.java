package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;

/**
 * The right to be the one engine that delivers from a store. It ends with the process, however that
 * ends. Safe for use by several threads.
 */
interface EngineLock extends AutoCloseable {

  /** Whether it is ours now. Does not wait. */
  boolean tryTake() throws SQLException;

  @Override
  void close();
}
