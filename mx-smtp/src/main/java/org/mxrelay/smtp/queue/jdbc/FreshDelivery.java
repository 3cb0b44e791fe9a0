package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.util.Optional;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Lease;

/**
 * A delivery of a {@link FreshMessage} that was not attempted yet, or is right now.
 *
 * <p>Guarded by the lock of {@link Fresh}.
 */
final class FreshDelivery {

  /** How far it is. */
  enum State {
    QUEUED,
    LEASED,
    /** Its end is on its way into the journal. */
    ENDING,
    ENDED
  }

  final FreshMessage message;
  final Delivery delivery;
  State state = State.QUEUED;
  private long token;
  private Instant until = Instant.MIN;

  FreshDelivery(FreshMessage message, Delivery delivery) {
    this.message = message;
    this.delivery = delivery;
  }

  Lease lease(long newToken, Instant newUntil) {
    state = State.LEASED;
    token = newToken;
    until = newUntil;
    return new Lease(delivery, token, until, 1);
  }

  /** Whether that lease holds. */
  boolean isOwnedBy(Lease lease) {
    return state == State.LEASED && lease.token() == token;
  }

  void renew(Instant newUntil) {
    until = newUntil;
  }

  Optional<Instant> leasedUntil() {
    return state == State.LEASED ? Optional.of(until) : Optional.empty();
  }

  /** Whether its owner had to renew its lease by then, and did not. */
  boolean isLost(Instant now) {
    return state == State.LEASED && !until.isAfter(now);
  }

  DeliveryColumns columns() {
    DeliveryColumns queued = DeliveryColumns.queued(delivery);
    return state == State.QUEUED ? queued : queued.leased(token, Micros.of(until));
  }
}
