package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from: a caller's pool, or a driver. Safe for use by several threads. */
@FunctionalInterface
interface ConnectionSource {

  /** One that nobody else uses; closing it gives it back. */
  Connection open() throws SQLException;
}
