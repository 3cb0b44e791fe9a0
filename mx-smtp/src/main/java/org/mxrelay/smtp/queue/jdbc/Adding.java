package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Submission;

/** Puts submissions into rows, whole or not at all. */
final class Adding {

  private static final String INSERT_MESSAGE =
      "INSERT INTO mx_message (id, submission, reverse_path, options, size, wire_size, eight_bit,"
          + " queued_at, chunks, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_DELIVERY =
      "INSERT INTO mx_delivery (id, message, destination, state, due, attempts, claims, token,"
          + " uncertain, why, recipients) VALUES (?, ?, ?, 0, ?, 0, 0, 0, '', '', ?)";

  private final WriteTransaction transaction;

  Adding(WriteTransaction transaction) {
    this.transaction = transaction;
  }

  /** A submission whose id is known already is left as it is. */
  void add(List<Submission> submissions, List<Body> bodies) throws SQLException {
    for (int i = 0; i < bodies.size(); i++) {
      add(submissions.get(i), bodies.get(i));
    }
  }

  private void add(Submission submission, Body body) throws SQLException {
    boolean chunked = body.inline().isEmpty();
    long id = chunked ? body.staged() : transaction.next();
    if (!insertMessage(id, submission, body)) {
      if (chunked) {
        Retention.dropStaged(transaction, id);
      }
      return;
    }
    if (chunked && transaction.sql().update("DELETE FROM mx_staging WHERE body = ?", id) == 0) {
      throw new SQLException("the staged bytes of " + submission.id() + " were swept");
    }
    for (Map.Entry<Destination, List<Recipient>> e : submission.byDestination().entrySet()) {
      insertDelivery(id, e.getKey(), e.getValue(), Micros.of(submission.due()));
    }
  }

  private boolean insertMessage(long id, Submission submission, Body body) throws SQLException {
    MessageColumns columns = MessageColumns.of(id, submission);
    return transaction
            .dialect()
            .insertIfAbsent(
                transaction.sql(),
                INSERT_MESSAGE,
                columns.id(),
                columns.submission(),
                columns.reversePath(),
                columns.options(),
                columns.size(),
                columns.wireSize(),
                columns.eightBit(),
                columns.queuedAt(),
                body.inline().isPresent() ? null : (Integer) body.parts(),
                body.inline().orElse(null))
        > 0;
  }

  private void insertDelivery(
      long message, Destination destination, List<Recipient> recipients, long due)
      throws SQLException {
    DestinationRow line = transaction.destinations().of(destination.toString());
    transaction
        .sql()
        .update(
            INSERT_DELIVERY,
            transaction.next(),
            message,
            line.id,
            due,
            Texts.recipients(recipients.stream().map(OpenRecipient::of).toList()));
    line.offer(due);
  }
}
