package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.RateLimit;
import org.mxrelay.smtp.queue.LaneState;

/**
 * Which of the claimed deliveries may begin, and how much more may be claimed: a lane a set of
 * exchanges, each as fast as it can take, served in turn.
 *
 * <p>Safe for use by several threads. Decides nothing by itself: {@link Window}, {@link SlowDown}
 * and {@link Pace} do.
 */
final class Lanes {

  private final Limits limits;
  private final LongSupplier nanos;
  private final Rates rates;
  private final ReentrantLock lock = new ReentrantLock();
  private final LaneMap map;
  private final Slots slots;
  private final LaneSignals signals;
  private final LaneRoom room;

  private final Turns turns = new Turns();

  /** Deliveries that are claimed and not over. */
  private int total;

  /** Those of them that take up room: whose outcome only waits to be stored takes none. */
  private int inside;

  private boolean closed;

  Lanes(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    this.rates = new Rates(limits.rates());
    this.map = new LaneMap(limits.unproven());
    this.slots = new Slots(limits.concurrency());
    this.signals = new LaneSignals(lock, nanos);
    this.room = new LaneRoom(limits, rates, slots);
  }

  /**
   * What may be claimed now.
   *
   * @param most deliveries in all; 0 for none
   * @param mostPerDestination of any destination that is not full
   * @param full destinations without room
   */
  record Room(int most, int mostPerDestination, Set<Destination> full) {}

  /**
   * Takes in a claimed delivery, to begin when its turn comes.
   *
   * @return false if its lane has no room for it, and it must go back
   */
  boolean offer(Work work) {
    lock.lock();
    try {
      Destination destination = work.delivery().destination();
      Lane lane = map.of(destination);
      long now = nanos.getAsLong();
      boolean fits = lane.room(limits.prefetch(), now, limit(destination, lane)) > 0;
      if (!fits || (turns.parked() >= limits.prefetch() && !isStartable(lane, destination, now))) {
        lane.refuse(destination);
        room.watch(lane);
        return false;
      }
      enter(work, lane);
      turns.park(work);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes in one whose time is over: it costs its lane nothing. */
  void offerOverdue(Work work) {
    lock.lock();
    try {
      enter(work, map.of(work.delivery().destination()));
      turns.parkOverdue(work);
    } finally {
      lock.unlock();
    }
  }

  private void enter(Work work, Lane lane) {
    total++;
    inside++;
    stay(work, lane);
  }

  private void stay(Work work, Lane lane) {
    work.lane(lane);
    lane.enter(work.delivery().destination());
    room.watch(lane);
  }

  /** Others may come in its place, if they did not already. */
  private void makeRoom(Work work) {
    if (work.leavesLane()) {
      Lane lane = work.lane();
      lane.leave(work.delivery().destination());
      room.forgetIdle(lane);
      inside--;
      signals.changed();
    }
  }

  /** The next whose session may begin now. */
  @Nullable Work next() {
    lock.lock();
    try {
      return pick(nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** A session is over; answers with the next that may begin in its place. */
  @Nullable Work after(Work work) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      slots.end(work, now);
      makeRoom(work);
      return pick(now);
    } finally {
      lock.unlock();
    }
  }

  /** A session is over, and its thread takes no other. */
  void end(Work work) {
    lock.lock();
    try {
      slots.end(work, nanos.getAsLong());
      makeRoom(work);
    } finally {
      lock.unlock();
    }
  }

  /** Whether something waits here to begin. */
  boolean isAnyWaiting() {
    lock.lock();
    try {
      return !turns.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Work pick(long now) {
    if (closed || turns.isEmpty()) {
      return null;
    }
    if (slots.isFull()) {
      slots.clear(now);
    }
    if (turns.isAnyOverdue() && !slots.isFull()) {
      return start(turns.takeOverdue(), now);
    }
    Work first = turns.take(work -> isStartable(work.lane(), work.delivery().destination(), now));
    if (first == null) {
      arm(now);
      return null;
    }
    first.lane().take(limit(first.delivery().destination(), first.lane()), now);
    return start(first, now);
  }

  private Work start(Work work, long now) {
    slots.start(work, work.lane(), now);
    return work;
  }

  private boolean isStartable(Lane lane, Destination destination, long now) {
    return !lane.isFull() && slots.isFreeFor(lane) && lane.wait(limit(destination, lane), now) == 0;
  }

  private Optional<RateLimit> limit(Destination destination, Lane lane) {
    return rates.messages(destination, lane.names);
  }

  /** Nothing may begin now: whoever waits for time must be woken when it may. */
  private void arm(long now) {
    long wait = Long.MAX_VALUE;
    // Whoever waits for another session to end is called when it does.
    long clear = slots.isFull() ? slots.untilClear(now) : Long.MAX_VALUE;
    for (Work first : turns.heads()) {
      Lane lane = first.lane();
      if (!lane.isFull()) {
        long own = lane.wait(limit(first.delivery().destination(), lane), now);
        wait = Math.min(wait, own > 0 ? own : lane.isSlow() ? Long.MAX_VALUE : clear);
      }
    }
    if (turns.isAnyOverdue()) {
      wait = Math.min(wait, clear);
    }
    if (wait < Long.MAX_VALUE) {
      signals.wakeAt(now + wait);
    }
  }

  /**
   * It turned out where a delivery goes.
   *
   * @throws BrokenOff if that lane has no room for it now
   */
  void join(Work work, List<Route> routes) throws BrokenOff {
    if (routes.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Destination destination = work.delivery().destination();
      Lane from = work.lane();
      Lane to = map.learn(destination, routes);
      if (to == from) {
        return;
      }
      long now = nanos.getAsLong();
      boolean full =
          to.running >= limits.perLane()
              || to.isStuck()
              || to.wait(limit(destination, to), now) > 0;
      slots.move(work, to);
      change(work, to);
      // Who waits behind it stays behind it.
      for (Work next : turns.remove(destination, from)) {
        change(next, to);
        turns.park(next);
      }
      room.forgetIdle(from);
      if (full) {
        to.refuse(destination);
        throw new BrokenOff("no room in the lane of " + to.names);
      }
      to.take(limit(destination, to), now);
    } finally {
      lock.unlock();
    }
  }

  private void change(Work work, Lane to) {
    work.lane().leave(work.delivery().destination());
    stay(work, to);
  }

  /** How long a connection must wait; its turn is taken. */
  long connectingIn(Work work) {
    lock.lock();
    try {
      Lane lane = work.lane();
      return lane.takeConnection(
          rates.connections(work.delivery().destination(), lane.names), nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** What a session with a destination's exchanges told of its speed. */
  void hear(Destination destination, Echo echo) {
    lock.lock();
    try {
      map.of(destination).hear(echo, limits.perLane(), nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** It is dead: one at a time, until it answers. */
  void slow(Destination destination) {
    lock.lock();
    try {
      map.of(destination).window = Window.back();
    } finally {
      lock.unlock();
    }
  }

  /** A delivery is over. */
  void leave(Work work) {
    lock.lock();
    try {
      makeRoom(work);
      total--;
      if (total == 0) {
        signals.quiet();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What has room for a claim that is about to be made: those outside are called in, in turn. */
  Room callIn() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      room.callIn(now);
      return room.at(now, inside);
    } finally {
      lock.unlock();
    }
  }

  Room room() {
    lock.lock();
    try {
      return room.at(nanos.getAsLong(), inside);
    } finally {
      lock.unlock();
    }
  }

  boolean isFull() {
    lock.lock();
    try {
      return room.free(inside) == 0;
    } finally {
      lock.unlock();
    }
  }

  int underWay() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /** How many sessions a destination's lane is good for at a time. */
  int window(Destination destination) {
    lock.lock();
    try {
      return map.of(destination).window.size();
    } finally {
      lock.unlock();
    }
  }

  /** How fast it goes to a destination; nothing if its lane is not remembered. */
  Optional<LaneState> state(Destination destination, Instant wall) {
    lock.lock();
    try {
      LaneView view = new LaneView(wall, nanos.getAsLong());
      return map.find(destination).map(lane -> view.of(lane, limit(destination, lane)));
    } finally {
      lock.unlock();
    }
  }

  /** Nothing begins any more; answers with what had not begun. */
  List<Work> close() {
    lock.lock();
    try {
      closed = true;
      signals.end();
      return turns.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes whoever waits for a change. */
  void signal() {
    lock.lock();
    try {
      signals.changed();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a lane that was full is worth a claim again, or the time is over. */
  void awaitReopening(Duration atMost) throws InterruptedException {
    signals.awaitChangeWhile(() -> !room.isAnyReopened(nanos.getAsLong()), atMost);
  }

  /** Waits until there may be room. */
  void awaitRoom() throws InterruptedException {
    signals.awaitChangeWhile(() -> room.free(inside) == 0);
  }

  /** Waits until something ended or somebody signalled, or the time is over. */
  void awaitChange(Duration atMost) throws InterruptedException {
    signals.awaitChange(atMost);
  }

  /** Waits until the last delivery that is under way ends, or the time is over. */
  void awaitQuiet(Duration atMost) throws InterruptedException {
    signals.awaitQuiet(atMost);
  }

  /**
   * Waits until time alone may let something begin, or the end.
   *
   * @return false at the end
   */
  boolean awaitTime() throws InterruptedException {
    return signals.awaitTime();
  }
}
