package org.mxrelay.smtp.engine;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.RateLimit;

/**
 * How much more may be claimed, and of whom: of lanes in which nothing is under way as much as of a
 * stranger, of the others what each has room for.
 *
 * <p>Confined to the lock of {@link Lanes}.
 */
final class LaneRoom {

  private final Limits limits;
  private final Rates rates;
  private final Slots slots;

  /** Lanes in which something is under way, or that refused somebody. */
  private final Set<Lane> busy = new LinkedHashSet<>();

  /** Those without room when it was last asked for. */
  private final Set<Lane> closed = new HashSet<>();

  LaneRoom(Limits limits, Rates rates, Slots slots) {
    this.limits = limits;
    this.rates = rates;
    this.slots = slots;
  }

  /** Something is under way in the lane, or it refused somebody. */
  void watch(Lane lane) {
    busy.add(lane);
  }

  void forgetIdle(Lane lane) {
    if (lane.isIdle()) {
      busy.remove(lane);
    }
  }

  /** Those outside of lanes that have room are called in, in turn. */
  void callIn(long now) {
    for (Lane lane : busy.stream().filter(l -> !l.outside.isEmpty()).toList()) {
      if (isOpen(lane, now)) {
        lane.outside.stream().limit(in(lane, now)).toList().forEach(lane.outside::remove);
        forgetIdle(lane);
      }
    }
  }

  /**
   * What may be claimed.
   *
   * @param inside deliveries that take up room
   */
  Lanes.Room at(long now, int inside) {
    Set<Destination> full = new HashSet<>();
    closed.clear();
    // One number serves all destinations: what the busiest of them has room for.
    int least = busy.isEmpty() ? 2 * limits.unproven() : Integer.MAX_VALUE;
    for (Lane lane : busy) {
      full.addAll(lane.outside);
      if (isOpen(lane, now)) {
        least = Math.min(least, in(lane, now));
      } else {
        full.addAll(lane.inside());
        closed.add(lane);
      }
    }
    return new Lanes.Room(free(inside), Math.min(least, limits.perLane()), full);
  }

  /** Whether one is worth a claim now that was not when the room was last asked for. */
  boolean isAnyReopened(long now) {
    for (Lane lane : closed) {
      if (isOpen(lane, now)) {
        return true;
      }
    }
    return false;
  }

  /** Room for a batch, or none: a claim for each delivery that ends would be one too many. */
  int free(int inside) {
    int capacity = limits.concurrency() + limits.prefetch();
    int taken = inside - slots.aside();
    return taken <= limits.concurrency() + limits.prefetch() / 2 ? capacity - taken : 0;
  }

  private boolean isOpen(Lane lane, long now) {
    return lane.isWorthAClaim(limits.prefetch(), now, limitOfAll(lane));
  }

  private int in(Lane lane, long now) {
    return lane.room(limits.prefetch(), now, limitOfAll(lane));
  }

  /** What limits the lane as a whole: whatever limits the one that asks first. */
  private Optional<RateLimit> limitOfAll(Lane lane) {
    Set<Destination> some = lane.outside.isEmpty() ? lane.inside() : lane.outside;
    return some.isEmpty() ? Optional.empty() : rates.messages(some.iterator().next(), lane.names);
  }
}
