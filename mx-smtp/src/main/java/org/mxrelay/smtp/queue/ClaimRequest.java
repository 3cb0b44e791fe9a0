package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.mxrelay.address.Destination;

/**
 * What the engine has room for: free room, beside the leases that it has already.
 *
 * <p>Immutable.
 *
 * @param now deliveries due by then
 * @param leaseFor how long the leases last
 * @param most deliveries in all, at least 1
 * @param mostPerDestination deliveries of one destination, at least 1
 * @param blocked destinations of which none is wanted now
 * @param overdue due deliveries of messages accepted by then are wanted though their destination is
 *     postponed, since their time is over, and beyond {@code mostPerDestination}; {@link
 *     Instant#MIN} for none, which costs nothing
 * @param late the same for those whose {@linkplain Delivery#delayNoticed sender was not told} yet
 *     that they are late
 */
public record ClaimRequest(
    Instant now,
    Duration leaseFor,
    int most,
    int mostPerDestination,
    Set<Destination> blocked,
    Instant overdue,
    Instant late) {

  /**
   * @throws IllegalArgumentException if a number is less than 1
   */
  public ClaimRequest {
    if (most < 1 || mostPerDestination < 1) {
      throw new IllegalArgumentException(
          "room for " + most + " deliveries, " + mostPerDestination + " a destination");
    }
    blocked = Set.copyOf(blocked);
  }

  /** Without any of a postponed destination. */
  public ClaimRequest(
      Instant now, Duration leaseFor, int most, int mostPerDestination, Set<Destination> blocked) {
    this(now, leaseFor, most, mostPerDestination, blocked, Instant.MIN, Instant.MIN);
  }

  /** The same with room for another number in all. */
  public ClaimRequest withMost(int other) {
    return new ClaimRequest(now, leaseFor, other, mostPerDestination, blocked, overdue, late);
  }

  /** Whether some are wanted though their destination is postponed. */
  public boolean wantsPostponed() {
    return overdue.isAfter(Instant.MIN) || late.isAfter(Instant.MIN);
  }

  /** Whether a due delivery is wanted though its destination is postponed. */
  public boolean wantsPostponed(Delivery delivery) {
    return !delivery.queuedAt().isAfter(overdue)
        || (delivery.delayNoticed().isEmpty() && !delivery.queuedAt().isAfter(late));
  }
}
