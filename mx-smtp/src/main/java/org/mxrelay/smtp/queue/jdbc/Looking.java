package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads beside the writer. Safe for use by several threads. */
final class Looking {

  private static final String OUTCOMES =
      "SELECT o.id, m.submission, o.recipient, o.outcome, o.attempts, o.ended_at, o.diagnostic"
          + " FROM mx_outcome o JOIN mx_message m ON m.id = o.message ";

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  private final Readers readers;

  Looking(Readers readers) {
    this.readers = readers;
  }

  Optional<SubmissionStatus> status(SubmissionId submission) {
    // One snapshot: a recipient that ends in between is in one of the two lists.
    return readers.snapshot(
        sql -> {
          Optional<Long> message =
              sql.first(
                  "SELECT id FROM mx_message WHERE submission = ?",
                  row -> row.getLong(1),
                  submission.value());
          return message.isEmpty()
              ? Optional.empty()
              : Optional.of(status(sql, submission, message.get()));
        });
  }

  private static SubmissionStatus status(Statements sql, SubmissionId submission, long message)
      throws SQLException {
    List<Outcome> ended =
        sql
            .some(
                OUTCOMES + "WHERE o.message = ? ORDER BY o.id",
                Looking::readable,
                Integer.MAX_VALUE,
                message)
            .stream()
            .map(RecordedOutcome::outcome)
            .toList();
    List<QueueEntry> pending =
        sql.all(
            DeliveryRow.SELECT + "WHERE d.message = ? ORDER BY d.id",
            row -> DeliveryRow.read(row).entry(),
            message);
    return new SubmissionStatus(submission, ended, pending);
  }

  List<RecordedOutcome> outcomes(long after, int most) {
    return readers.snapshot(
        sql -> sql.some(OUTCOMES + "WHERE o.id > ? ORDER BY o.id", Looking::readable, most, after));
  }

  /** One that cannot be read must not keep those after it from ever being read. */
  private static Optional<RecordedOutcome> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(outcome(row));
    } catch (RuntimeException e) {
      log.error("outcome {} of {} cannot be read", row.getLong(1), row.getString(2), e);
      return Optional.empty();
    }
  }

  private static RecordedOutcome outcome(ResultSet row) throws SQLException {
    return new RecordedOutcome(
        row.getLong(1),
        new Outcome(
            new SubmissionId(row.getString(2)),
            Mailbox.parse(row.getString(3)),
            Outcome.End.valueOf(row.getString(4)),
            Texts.diagnostic(Fields.split(row.getString(7), 6)),
            row.getInt(5),
            Micros.instant(row.getLong(6))));
  }

  /** Whether a claim would find something: a line's turn has come, or a lease ran out. */
  boolean isAnythingDue(Instant now) {
    long at = Micros.of(now);
    return readers.read(
        sql ->
            sql.first(
                    "SELECT 1 WHERE EXISTS (SELECT 1 FROM mx_destination WHERE next_due <= ?)"
                        + " OR EXISTS (SELECT 1 FROM mx_delivery WHERE state = 3 AND due <= ?)"
                        + " OR EXISTS (SELECT 1 FROM mx_delivery WHERE state = 1"
                        + " AND lease_until <= ?)",
                    row -> row.getInt(1),
                    at,
                    at,
                    at)
                .isPresent());
  }

  QueueStats stats(Instant now) {
    long at = Micros.of(now);
    return readers.read(sql -> Counts.of(sql, at).stats());
  }

  Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return readers.read(
        sql ->
            sql.first(
                "SELECT not_before FROM mx_destination WHERE name = ? AND not_before > ?",
                row -> Micros.instant(row.getLong(1)),
                destination.toString(),
                Micros.of(now)));
  }

  List<QueueEntry> list(Selection which, long afterId, int most) {
    SelectedRows selected = SelectedRows.of(which);
    return readers.snapshot(sql -> selected.page(sql, afterId, most)).stream()
        .map(DeliveryRow::entry)
        .toList();
  }

  /** The ids of all that are meant at this moment. */
  List<Long> ids(Selection which) {
    SelectedRows selected = SelectedRows.of(which);
    List<Long> ids = new ArrayList<>();
    readers.snapshot(sql -> ids.addAll(selected.ids(sql)));
    return ids;
  }
}
