package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Moves what callers committed in the {@link Outbox} among the other submissions. Nothing is read
 * that could be unreadable, and no bytes pass through here.
 */
final class Arriving {

  /** How many submissions one transaction moves. */
  static final int STEP = 100;

  private static final String MOVE =
      "INSERT INTO mx_message (id, submission, reverse_path, options, size, wire_size, eight_bit,"
          + " queued_at, chunks, body) SELECT ?, o.submission, o.reverse_path, o.options, o.size,"
          + " o.wire_size, o.eight_bit, o.queued_at, o.chunks, o.body FROM mx_outbox o"
          + " WHERE o.submission = ? AND NOT EXISTS"
          + " (SELECT 1 FROM mx_message m WHERE m.submission = o.submission)";

  private static final String INSERT_DELIVERY =
      "INSERT INTO mx_delivery (id, message, destination, state, due, attempts, claims, token,"
          + " uncertain, why, recipients) SELECT ?, ?, ?, 0, ?, 0, 0, 0, '', '', recipients"
          + " FROM mx_outbox_line WHERE submission = ? AND destination = ?";

  private final WriteTransaction transaction;
  private final Statements sql;

  Arriving(WriteTransaction transaction) {
    this.transaction = transaction;
    this.sql = transaction.sql();
  }

  /** Whether something waits to be moved. */
  static boolean isAny(Statements sql) throws SQLException {
    return sql.first("SELECT 1 FROM mx_outbox LIMIT 1", row -> row.getInt(1)).isPresent();
  }

  /**
   * Moves some.
   *
   * @return how many
   */
  int arrive() throws SQLException {
    List<Waiting> waiting =
        sql.all(
            "SELECT submission, due, staged FROM mx_outbox ORDER BY queued_at LIMIT ?",
            Waiting::read,
            STEP);
    for (Waiting one : waiting) {
      arrive(one);
    }
    return waiting.size();
  }

  private void arrive(Waiting one) throws SQLException {
    long id = one.staged().isPresent() ? one.staged().get() : transaction.next();
    if (sql.update(MOVE, id, one.submission()) > 0) {
      List<String> destinations =
          sql.all(
              "SELECT destination FROM mx_outbox_line WHERE submission = ?",
              row -> row.getString(1),
              one.submission());
      for (String destination : destinations) {
        DestinationRow line = transaction.destinations().of(destination);
        sql.update(
            INSERT_DELIVERY,
            transaction.next(),
            id,
            line.id,
            one.due(),
            one.submission(),
            destination);
        line.offer(one.due());
      }
    } else if (one.staged().isPresent()) {
      sql.update("DELETE FROM mx_chunk WHERE body = ?", id);
    }
    sql.update("DELETE FROM mx_outbox_line WHERE submission = ?", one.submission());
    sql.update("DELETE FROM mx_outbox WHERE submission = ?", one.submission());
  }

  private record Waiting(String submission, long due, Optional<Long> staged) {
    static Waiting read(ResultSet row) throws SQLException {
      long staged = row.getLong(3);
      return new Waiting(
          row.getString(1), row.getLong(2), row.wasNull() ? Optional.empty() : Optional.of(staged));
    }
  }
}
