package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages that were only in the journal into the tables. A message that is there already is
 * left as it is, so that a journal may be read twice; but what this process itself put there, and
 * was not told that it had, is put there anew, since the journal's side knows better.
 */
final class Adopting {

  private final WriteTransaction transaction;
  private final Statements sql;
  private final Inserting inserting;

  Adopting(WriteTransaction transaction) {
    this.transaction = transaction;
    this.sql = transaction.sql();
    this.inserting = new Inserting(transaction);
  }

  /** All that a process left that is gone. */
  void recover(List<Adoption> all) throws SQLException {
    for (Adoption one : all) {
      if (insert(one)) {
        insertParts(one);
      }
    }
  }

  /** What this process has in its own journal. */
  void adopt(List<Adoption> all) throws SQLException {
    for (Adoption one : all) {
      if (insert(one) || isOwn(one)) {
        insertParts(one);
      }
    }
  }

  private boolean insert(Adoption one) throws SQLException {
    @Nullable Long endedAt = endedAt(one);
    return endedAt == null
        ? inserting.open(one.message(), one.body())
        : inserting.ended(one.message(), endedAt);
  }

  private static @Nullable Long endedAt(Adoption one) {
    return one.open().isEmpty()
        ? (Long) one.ended().stream().mapToLong(OutcomeColumns::endedAt).max().orElse(0)
        : null;
  }

  /** Whether the row is what a commit of ours left whose answer was lost; its parts are dropped. */
  private boolean isOwn(Adoption one) throws SQLException {
    long id = one.message().id();
    Optional<Integer> row =
        sql.first(
            "SELECT 1 FROM mx_message WHERE id = ? AND submission = ?",
            r -> r.getInt(1),
            id,
            one.message().submission());
    if (row.isEmpty()) {
      return false;
    }
    sql.update("DELETE FROM mx_delivery WHERE message = ?", id);
    sql.update("DELETE FROM mx_outcome WHERE message = ?", id);
    @Nullable Long endedAt = endedAt(one);
    sql.update(
        "UPDATE mx_message SET ended_at = ?, body = ? WHERE id = ?",
        endedAt,
        endedAt == null ? one.bytes() : null,
        id);
    return true;
  }

  private void insertParts(Adoption one) throws SQLException {
    for (DeliveryColumns delivery : one.open()) {
      inserting.delivery(one.message().id(), delivery);
    }
    DeliveryRows rows = new DeliveryRows(transaction);
    for (OutcomeColumns outcome : one.ended()) {
      rows.record(one.message().id(), outcome);
    }
  }
}
