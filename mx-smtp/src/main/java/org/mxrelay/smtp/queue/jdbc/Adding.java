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

  private final WriteTransaction transaction;
  private final Inserting inserting;

  Adding(WriteTransaction transaction) {
    this.transaction = transaction;
    this.inserting = new Inserting(transaction);
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
    if (!inserting.open(MessageColumns.of(id, submission), body)) {
      if (chunked) {
        Retention.dropStaged(transaction, id);
      }
      return;
    }
    if (chunked && transaction.sql().update("DELETE FROM mx_staging WHERE body = ?", id) == 0) {
      throw new SQLException("the staged bytes of " + submission.id() + " were swept");
    }
    long due = Micros.of(submission.due());
    for (Map.Entry<Destination, List<Recipient>> e : submission.byDestination().entrySet()) {
      String recipients = Texts.recipients(e.getValue().stream().map(OpenRecipient::of).toList());
      inserting.delivery(
          id, DeliveryColumns.queued(transaction.next(), e.getKey().toString(), recipients, due));
    }
  }
}
