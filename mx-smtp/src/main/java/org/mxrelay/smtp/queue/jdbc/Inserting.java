package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Puts the rows of messages and of their deliveries into the tables, within one transaction. */
final class Inserting {

  private static final String MESSAGE =
      "INSERT INTO mx_message (id, submission, reverse_path, options, size, wire_size, eight_bit,"
          + " queued_at, ended_at, chunks, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String DELIVERY =
      "INSERT INTO mx_delivery (id, message, destination, state, due, attempts, claims, token,"
          + " lease_until, uncertain, why, recipients) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, '', '',"
          + " ?)";

  private final WriteTransaction transaction;

  Inserting(WriteTransaction transaction) {
    this.transaction = transaction;
  }

  /** One of which something is open; answers false if its submission is known already. */
  boolean open(MessageColumns message, Body body) throws SQLException {
    @Nullable Integer chunks = body.inline().isPresent() ? null : (Integer) body.parts();
    return insert(message, null, chunks, body.inline().orElse(null));
  }

  /** One of which nothing is open, nor are its bytes needed; the same. */
  boolean ended(MessageColumns message, long at) throws SQLException {
    return insert(message, at, null, null);
  }

  private boolean insert(
      MessageColumns message,
      @Nullable Long endedAt,
      @Nullable Integer chunks,
      byte @Nullable [] body)
      throws SQLException {
    return transaction
            .dialect()
            .insertIfAbsent(
                transaction.sql(),
                MESSAGE,
                message.id(),
                message.submission(),
                message.reversePath(),
                message.options(),
                message.size(),
                message.wireSize(),
                message.eightBit(),
                message.queuedAt(),
                endedAt,
                chunks,
                body)
        > 0;
  }

  /** Into its destination's line, if it waits. */
  void delivery(long message, DeliveryColumns delivery) throws SQLException {
    DestinationRow line = transaction.destinations().of(delivery.destination());
    transaction
        .sql()
        .update(
            DELIVERY,
            delivery.id(),
            message,
            line.id,
            delivery.state(),
            delivery.due(),
            delivery.claims(),
            delivery.token(),
            delivery.leaseUntil(),
            delivery.recipients());
    if (delivery.state() == States.QUEUED) {
      line.offer(delivery.due());
    }
  }
}
