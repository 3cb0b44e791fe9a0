package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;

/** Makes a long queue in a moment: copies of one message, written beside the queue. */
final class Backlog {

  private static final long FIRST = 1_000_000_000L;

  private Backlog() {}

  /** As many more of a message as said, each with one delivery like the message's own. */
  static void copy(Path file, String submission, int count) throws SQLException {
    String numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count + ") ";
    String of = " FROM n, mx_message m WHERE m.submission = '" + submission + "'";
    RawSqlite.run(
        file,
        numbers
            + "INSERT INTO mx_message (id, submission, reverse_path, options, size, wire_size,"
            + " eight_bit, queued_at, body) SELECT "
            + FIRST
            + " + i, 'copy-' || i, m.reverse_path, m.options, m.size, m.wire_size, m.eight_bit,"
            + " m.queued_at, m.body"
            + of,
        numbers
            + "INSERT INTO mx_delivery (id, message, destination, state, due, attempts, claims,"
            + " token, uncertain, why, recipients) SELECT "
            + 2 * FIRST
            + " + i, "
            + FIRST
            + " + i, d.destination, 0, d.due, 0, 0, 0, '', '', d.recipients"
            + " FROM n, mx_delivery d WHERE d.message ="
            + " (SELECT id FROM mx_message WHERE submission = '"
            + submission
            + "')",
        "UPDATE mx_meta SET value = " + 3 * FIRST + " WHERE name = 'serial'");
  }
}
