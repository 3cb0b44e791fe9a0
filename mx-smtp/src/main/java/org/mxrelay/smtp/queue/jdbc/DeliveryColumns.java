package org.mxrelay.smtp.queue.jdbc;

import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.Delivery;

/**
 * What the row of a delivery says of it before its first attempt has ended.
 *
 * <p>Immutable.
 *
 * @param leaseUntil nothing unless it is leased
 */
record DeliveryColumns(
    long id,
    String destination,
    String recipients,
    long due,
    int state,
    int claims,
    long token,
    @Nullable Long leaseUntil) {

  /** One that waits. */
  static DeliveryColumns queued(Delivery delivery) {
    return queued(
        delivery.id(),
        delivery.destination().toString(),
        Texts.recipients(delivery.open()),
        Micros.of(delivery.due()));
  }

  /** The same. */
  static DeliveryColumns queued(long id, String destination, String recipients, long due) {
    return new DeliveryColumns(id, destination, recipients, due, States.QUEUED, 0, 0, null);
  }

  /** The same while somebody works on it, who was the first. */
  DeliveryColumns leased(long by, long until) {
    return new DeliveryColumns(id, destination, recipients, due, States.LEASED, 1, by, until);
  }

  /** The same after its process died, perhaps with it. */
  DeliveryColumns lost() {
    return new DeliveryColumns(id, destination, recipients, due, States.QUEUED, 1, 0, null);
  }
}
