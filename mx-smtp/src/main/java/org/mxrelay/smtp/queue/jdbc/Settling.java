package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Settlement.Result;

/** Stores what became of a claimed delivery, while its token holds. */
final class Settling {

  private final WriteTransaction transaction;
  private final DeliveryRows rows;

  Settling(WriteTransaction transaction) {
    this.transaction = transaction;
    this.rows = new DeliveryRows(transaction);
  }

  Result settle(Settlement asked, List<Body> spawned) throws SQLException {
    long id = asked.lease().delivery().id();
    Optional<Owned> found =
        transaction
            .sql()
            .first(
                "SELECT d.message, d.destination, d.hold_asked, d.cancel_asked, m.chunks"
                    + " FROM mx_delivery d JOIN mx_message m ON m.id = d.message"
                    + " WHERE d.id = ? AND d.token = ? AND d.state = 1",
                Owned::read,
                id,
                asked.lease().token());
    if (found.isEmpty()) {
      return Result.LEASE_LOST;
    }
    Owned owned = found.get();
    Settlement settlement = owned.overrule(asked);
    for (Outcome outcome : settlement.ended()) {
      rows.record(owned.message(), outcome);
    }
    if (settlement.rest().isEmpty()) {
      rows.end(id, owned.message(), owned.chunked(), settlement.at());
    } else {
      keep(owned, settlement.rest().get());
    }
    new Adding(transaction).add(settlement.spawned(), spawned);
    return Result.of(settlement);
  }

  private void keep(Owned owned, Rest rest) throws SQLException {
    Delivery delivery = rest.delivery();
    Optional<String> held = rest instanceof Rest.Held h ? Optional.of(h.why()) : Optional.empty();
    long due = Micros.of(delivery.due());
    transaction
        .sql()
        .update(
            "UPDATE mx_delivery SET state = ?, due = ?, attempts = ?, claims = 0,"
                + " lease_until = NULL, delay_noticed = ?, uncertain = ?, why = ?,"
                + " hold_asked = NULL, cancel_asked = NULL, recipients = ? WHERE id = ?",
            held.isPresent() ? States.HELD : States.QUEUED,
            due,
            delivery.attempts(),
            Micros.of(delivery.delayNoticed()),
            Texts.uncertainty(delivery.uncertain()),
            Texts.why(held.orElse("")),
            Texts.recipients(delivery.open()),
            delivery.id());
    if (held.isEmpty()) {
      transaction.destinations().of(owned.destination()).offer(due);
    }
  }

  /** What the store knows of a delivery that the token owns. */
  private record Owned(
      long message, long destination, String hold, Set<String> cancelled, boolean chunked) {

    static Owned read(ResultSet row) throws SQLException {
      String hold = row.getString(3);
      String cancelled = row.getString(4);
      row.getInt(5);
      boolean chunked = !row.wasNull();
      return new Owned(
          row.getLong(1),
          row.getLong(2),
          hold == null ? "" : hold,
          cancelled == null ? Set.of() : Set.of(cancelled.split("\n")),
          chunked);
    }

    /** What people asked for while somebody worked on it takes effect now. */
    Settlement overrule(Settlement asked) {
      Set<Mailbox> meant = new HashSet<>();
      for (var open : asked.lease().delivery().open()) {
        if (cancelled.contains(open.mailbox().toString())) {
          meant.add(open.mailbox());
        }
      }
      Settlement after = asked.withCancelled(meant);
      return hold.isEmpty() ? after : after.withHold(hold);
    }
  }
}
