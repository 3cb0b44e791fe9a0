package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Forgets what nobody needs any more, a little at a time. */
final class Retention {

  /** How many messages one transaction forgets. */
  static final int STEP = 200;

  private Retention() {}

  /**
   * Forgets ended messages with their outcomes, bytes that somebody staged and abandoned, and lines
   * that nobody waits in.
   *
   * @return whether there may be more
   */
  static boolean sweep(WriteTransaction transaction, Duration retention, Instant now)
      throws SQLException {
    Statements sql = transaction.sql();
    List<Long> old =
        sql.all(
            "SELECT id FROM mx_message WHERE ended_at < ? ORDER BY ended_at LIMIT ?",
            row -> row.getLong(1),
            Micros.of(now.minus(retention)),
            STEP);
    for (Long message : old) {
      sql.update("DELETE FROM mx_outcome WHERE message = ?", message);
      sql.update("DELETE FROM mx_message WHERE id = ?", message);
    }
    if (old.size() == STEP) {
      return true;
    }
    dropAbandoned(transaction, now);
    transaction.destinations().forgetIdle(Micros.of(now));
    return false;
  }

  static void dropAbandoned(WriteTransaction transaction, Instant now) throws SQLException {
    List<Long> abandoned =
        transaction
            .sql()
            .all(
                "SELECT body FROM mx_staging WHERE touched < ?",
                row -> row.getLong(1),
                Micros.of(now.minus(Bodies.ABANDONED)));
    for (Long body : abandoned) {
      dropStaged(transaction, body);
    }
  }

  static int dropStaged(WriteTransaction transaction, long body) throws SQLException {
    transaction.sql().update("DELETE FROM mx_chunk WHERE body = ?", body);
    return transaction.sql().update("DELETE FROM mx_staging WHERE body = ?", body);
  }
}
