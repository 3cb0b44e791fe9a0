package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One transaction of the writer. Confined to its leader. */
final class WriteTransaction {

  private final Dialect dialect;
  private final Statements statements;
  private final DestinationRows destinations;
  private final long changedBefore;
  private @Nullable Long serial;

  WriteTransaction(Dialect dialect, Statements statements) {
    this.dialect = dialect;
    this.statements = statements;
    this.destinations = new DestinationRows(this);
    this.changedBefore = statements.changed();
  }

  Statements sql() {
    return statements;
  }

  Dialect dialect() {
    return dialect;
  }

  DestinationRows destinations() {
    return destinations;
  }

  /**
   * A number that is greater than all that were given before, in this process or another: an id, a
   * token, a cursor, a turn. A number that was used for something is never used again.
   */
  long next() throws SQLException {
    return next(1);
  }

  /** The first of so many such numbers that follow each other. */
  long next(int count) throws SQLException {
    if (serial == null) {
      long found = serial(statements);
      dialect.others().ifPresent(others -> others.found(found));
      serial = found;
    }
    long first = serial + 1;
    serial = serial + count;
    return first;
  }

  static long serial(Statements statements) throws SQLException {
    return statements
        .first("SELECT value FROM mx_meta WHERE name = 'serial'", r -> r.getLong(1))
        .orElseThrow(() -> new SQLException("mx_meta has no serial"));
  }

  /** Writes what was kept back to be written once a transaction. */
  void flush() throws SQLException {
    destinations.flush();
    if (dialect.others().isPresent() && statements.changed() > changedBefore) {
      // Whatever was changed, the serial tells the other nodes.
      next();
    }
    if (serial != null) {
      long left = serial;
      statements.update("UPDATE mx_meta SET value = ? WHERE name = 'serial'", left);
      dialect.others().ifPresent(others -> others.left(left));
    }
  }
}
