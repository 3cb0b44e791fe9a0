package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.LostLeases;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;

/** The moves that a delivery can make, within one transaction. */
final class DeliveryRows {

  private final WriteTransaction transaction;
  private final Statements sql;

  DeliveryRows(WriteTransaction transaction) {
    this.transaction = transaction;
    this.sql = transaction.sql();
  }

  Optional<DeliveryRow> find(long id) throws SQLException {
    return sql.first(DeliveryRow.SELECT + "WHERE d.id = ?", DeliveryRow::read, id);
  }

  /** The row if the lease still owns it. */
  Optional<DeliveryRow> owned(Lease lease) throws SQLException {
    return sql.first(
        DeliveryRow.SELECT + "WHERE d.id = ? AND d.token = ? AND d.state = 1",
        DeliveryRow::read,
        lease.delivery().id(),
        lease.token());
  }

  /**
   * A lease is over and its owner with it.
   *
   * @return the delivery if the store holds it now, because it was lost alone
   */
  Optional<QueueEntry> lost(DeliveryRow row, Instant now) throws SQLException {
    Optional<String> held =
        LostLeases.isAlone(row.claims())
            ? Optional.of(LostLeases.why(row.claims()))
            : Optional.empty();
    boolean left = goOn(row, row.claims(), row.holdAsked().or(() -> held), now);
    if (left && row.holdAsked().or(() -> held).isEmpty() && !isSuspect(row)) {
      transaction.destinations().of(row.destination()).offer(Micros.of(row.delivery().due()));
    }
    return left && row.holdAsked().isEmpty()
        ? held.map(why -> new QueueEntry(row.delivery(), QueueEntry.State.HELD, why))
        : Optional.empty();
  }

  private static boolean isSuspect(DeliveryRow row) {
    return States.waiting(row.claims()) == States.SUSPECT;
  }

  /**
   * A lease was given back.
   *
   * @param claimedAt its line goes behind those that wait since before then
   */
  void givenBack(DeliveryRow row, Instant now, Instant claimedAt) throws SQLException {
    if (goOn(row, 0, row.holdAsked(), now) && row.holdAsked().isEmpty()) {
      long due = Math.max(Micros.of(row.delivery().due()), Micros.of(claimedAt));
      transaction.destinations().of(row.destination()).offer(due);
    }
  }

  /**
   * Nobody works on it any more: what people asked for meanwhile takes effect.
   *
   * @return whether anything is left of it; its line is not told
   */
  private boolean goOn(DeliveryRow row, int claims, Optional<String> held, Instant now)
      throws SQLException {
    Optional<Delivery> left = endAsCancelled(row, row.cancelled(), now);
    if (left.isEmpty()) {
      return false;
    }
    int state = held.isPresent() ? States.HELD : States.waiting(claims);
    sql.update(
        "UPDATE mx_delivery SET state = ?, claims = ?, why = ?, lease_until = NULL,"
            + " hold_asked = NULL, cancel_asked = NULL WHERE id = ?",
        state,
        claims,
        Texts.why(held.orElse("")),
        row.id());
    return true;
  }

  /**
   * Ends recipients as cancelled.
   *
   * @return what is left; nothing if the delivery ended
   */
  Optional<Delivery> endAsCancelled(DeliveryRow row, Set<Mailbox> cancelled, Instant now)
      throws SQLException {
    if (cancelled.isEmpty()) {
      return Optional.of(row.delivery());
    }
    List<OpenRecipient> left = new ArrayList<>();
    for (OpenRecipient open : row.delivery().open()) {
      if (cancelled.contains(open.mailbox())) {
        record(row.message(), Outcome.cancelled(row.delivery(), open, now));
      } else {
        left.add(open);
      }
    }
    if (left.isEmpty()) {
      end(row.id(), row.message(), row.chunked(), now);
      return Optional.empty();
    }
    sql.update(
        "UPDATE mx_delivery SET recipients = ? WHERE id = ?", Texts.recipients(left), row.id());
    return Optional.of(row.delivery().withOpen(left));
  }

  void record(long message, Outcome outcome) throws SQLException {
    record(message, OutcomeColumns.of(outcome));
  }

  void record(long message, OutcomeColumns outcome) throws SQLException {
    sql.update(
        "INSERT INTO mx_outcome (id, message, recipient, outcome, attempts, ended_at, diagnostic)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        transaction.next(),
        message,
        outcome.recipient(),
        outcome.outcome(),
        outcome.attempts(),
        outcome.endedAt(),
        outcome.diagnostic());
  }

  /** The delivery is no more, and if it was the message's last one, neither is the body. */
  void end(long id, long message, boolean chunked, Instant at) throws SQLException {
    sql.update("DELETE FROM mx_delivery WHERE id = ?", id);
    int ended =
        sql.update(
            "UPDATE mx_message SET body = NULL, chunks = NULL, ended_at = ? WHERE id = ?"
                + " AND NOT EXISTS (SELECT 1 FROM mx_delivery WHERE message = ?)",
            Micros.of(at),
            message,
            message);
    if (ended > 0 && chunked) {
      sql.update("DELETE FROM mx_chunk WHERE body = ?", message);
    }
  }

  /** Out of the line, if it is in one: the line's turn may come later now. */
  void keepBack(DeliveryRow row, String why) throws SQLException {
    sql.update("UPDATE mx_delivery SET state = 2, why = ? WHERE id = ?", Texts.why(why), row.id());
  }

  /** Into its line, due then. */
  void enqueue(DeliveryRow row, long due, int claims) throws SQLException {
    int state = States.waiting(claims);
    sql.update(
        "UPDATE mx_delivery SET state = ?, due = ?, claims = ?, why = '' WHERE id = ?",
        state,
        due,
        claims,
        row.id());
    if (state == States.QUEUED) {
      transaction.destinations().of(row.destination()).offer(due);
    }
  }
}
