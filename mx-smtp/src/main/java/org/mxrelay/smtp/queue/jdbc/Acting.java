package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Selection;

/** What people do to deliveries. Each answers whether it changed the delivery. */
final class Acting {

  private final WriteTransaction transaction;
  private final Statements sql;
  private final DeliveryRows rows;

  Acting(WriteTransaction transaction) {
    this.transaction = transaction;
    this.sql = transaction.sql();
    this.rows = new DeliveryRows(transaction);
  }

  /** Applies an action to those that are still meant. */
  int toEach(List<Long> ids, Selection which, Action action) throws SQLException {
    SelectedRows selected = SelectedRows.of(which);
    int changed = 0;
    for (Long id : ids) {
      Optional<DeliveryRow> row = rows.find(id);
      if (row.isPresent() && selected.means(row.get()) && action.apply(row.get())) {
        changed++;
      }
    }
    return changed;
  }

  boolean hold(DeliveryRow row, String why) throws SQLException {
    if (row.state() == States.LEASED && row.holdAsked().isEmpty()) {
      askHold(row, Texts.why(why));
      return true;
    }
    if (row.state() == States.QUEUED || row.state() == States.SUSPECT) {
      rows.keepBack(row, why);
      return true;
    }
    return false;
  }

  boolean release(DeliveryRow row, Instant now) throws SQLException {
    if (row.state() == States.LEASED && row.holdAsked().isPresent()) {
      askHold(row, null);
      return true;
    }
    if (row.state() == States.HELD) {
      rows.enqueue(row, Micros.of(now), 0);
      return true;
    }
    return false;
  }

  private void askHold(DeliveryRow row, @Nullable String why) throws SQLException {
    sql.update("UPDATE mx_delivery SET hold_asked = ? WHERE id = ?", why, row.id());
  }

  /**
   * @param postponed the destinations that were postponed when the action began
   */
  boolean flush(DeliveryRow row, Set<Long> postponed, Instant now) throws SQLException {
    boolean late = row.delivery().due().isAfter(now);
    boolean waits = row.state() == States.QUEUED || row.state() == States.SUSPECT;
    if (!waits || !(late || postponed.contains(row.destination()))) {
      return false;
    }
    Instant due = late ? sinceQueued(row.delivery(), now) : row.delivery().due();
    rows.enqueue(row, Micros.of(due), row.claims());
    DestinationRow line = transaction.destinations().of(row.destination());
    if (line.notBefore() > Micros.of(now)) {
      line.postpone(0, transaction.destinations().earliestDue(line));
    }
    return true;
  }

  /** Due for as long as it has waited, so that the oldest goes first. */
  private static Instant sinceQueued(Delivery delivery, Instant now) {
    return delivery.queuedAt().isBefore(now) ? delivery.queuedAt() : now;
  }

  boolean cancel(DeliveryRow row, Selection which, Instant now) throws SQLException {
    Set<Mailbox> meant = meant(row, which);
    if (row.state() != States.LEASED) {
      rows.endAsCancelled(row, meant, now);
      return true;
    }
    Set<String> asked = new TreeSet<>();
    row.cancelled().forEach(m -> asked.add(m.toString()));
    boolean more = false;
    for (Mailbox mailbox : meant) {
      more |= asked.add(mailbox.toString());
    }
    if (more) {
      sql.update(
          "UPDATE mx_delivery SET cancel_asked = ? WHERE id = ?",
          String.join("\n", asked),
          row.id());
    }
    return more;
  }

  private static Set<Mailbox> meant(DeliveryRow row, Selection which) {
    if (which instanceof Selection.For one) {
      return Set.of(one.recipient());
    }
    Set<Mailbox> all = new HashSet<>();
    row.delivery().open().forEach(r -> all.add(r.mailbox()));
    return all;
  }

  /** What is done to one delivery. */
  @FunctionalInterface
  interface Action {
    boolean apply(DeliveryRow row) throws SQLException;
  }
}
