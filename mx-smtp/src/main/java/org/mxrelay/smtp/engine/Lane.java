package org.mxrelay.smtp.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.Rate;
import org.mxrelay.smtp.RateLimit;

/**
 * What goes to one set of exchanges: what is under way, what waits, and how fast it may go.
 *
 * <p>Confined to the lock of {@link Lanes}.
 */
final class Lane {

  /** Who is refused room beyond that many is not remembered, and asks in vain now and then. */
  private static final int MOST_OUTSIDE = 1_000;

  /** What may start that soon may wait inside. */
  private static final long SOON = 100_000_000;

  /** The exchanges' names, or the destination's until its exchanges are known. */
  final List<String> names;

  final Deque<Work> parked = new ArrayDeque<>();

  /** Destinations that were refused room, in the order in which they asked. */
  final Set<Destination> outside = new LinkedHashSet<>();

  Window window;
  SlowDown slowDown = SlowDown.NONE;

  /** How many of each destination are claimed and not over. */
  private final Map<Destination, Integer> inside = new HashMap<>();

  private int underWay;

  /** Sessions that are held. */
  int running;

  /** Those of them that stand aside. */
  int aside;

  /** Whether one ended since one last went aside. */
  private boolean moves = true;

  /** Whether its last session was one of the longest. */
  private boolean slow;

  private long slowedUntil;
  private final Map<RateLimit, Pace> messages = new HashMap<>();
  private final Map<RateLimit, Pace> connections = new HashMap<>();

  Lane(List<String> names, Window window) {
    this.names = List.copyOf(names);
    this.window = window;
  }

  void enter(Destination destination) {
    inside.merge(destination, 1, Integer::sum);
    underWay++;
  }

  void leave(Destination destination) {
    inside.computeIfPresent(destination, (d, n) -> n > 1 ? n - 1 : null);
    underWay--;
  }

  /** The destinations of which something is under way. */
  Set<Destination> inside() {
    return inside.keySet();
  }

  boolean isIdle() {
    return underWay == 0 && outside.isEmpty();
  }

  /** Whether its sessions take so long that they must not take anybody's place. */
  boolean isSlow() {
    return slow;
  }

  /** Whether nothing is known of its sessions but that they hang. */
  boolean isStuck() {
    return running > 0 && aside == running && !moves;
  }

  boolean isFull() {
    return running >= window.size() || isStuck();
  }

  void started() {
    running++;
  }

  void wentAside() {
    aside++;
    moves = false;
  }

  /**
   * @param wasAside whether it stood aside
   * @param longest whether it was one of the longest
   */
  void ended(boolean wasAside, boolean longest) {
    running--;
    aside -= wasAside ? 1 : 0;
    moves = true;
    slow = longest;
  }

  /** How many more may be claimed: what may run, and some that wait, unless waiting is in vain. */
  int room(int mostParked, long now, Optional<RateLimit> limit) {
    if (isStuck() || wait(limit, now) > SOON) {
      return 0;
    }
    return window.size() + parkable(mostParked) - underWay;
  }

  /** Whether it is worth a claim: not for each that ends, but for some together. */
  boolean isWorthAClaim(int mostParked, long now, Optional<RateLimit> limit) {
    return room(mostParked, now, limit) >= Math.max(1, parkable(mostParked) / 2);
  }

  private int parkable(int mostParked) {
    // Nobody waits inside where that takes long: it would keep others out.
    return slow ? 0 : Math.min(window.size(), mostParked);
  }

  /** How long until its next session may begin for its speed's sake. */
  long wait(Optional<RateLimit> limit, long now) {
    long slowed = slowDown.isNone() ? 0 : Math.max(0, slowedUntil - now);
    return limit.map(messages::get).map(pace -> Math.max(slowed, pace.left(now))).orElse(slowed);
  }

  /** A session begins: its turn is taken. */
  void take(Optional<RateLimit> limit, long now) {
    if (!slowDown.isNone()) {
      slowedUntil = now + slowDown.interval();
    }
    limit.ifPresent(l -> l.messages().ifPresent(rate -> reserve(messages, l, rate, now)));
  }

  /** How long until a connection that is wanted now may be made; its turn is taken. */
  long takeConnection(Optional<RateLimit> limit, long now) {
    return limit
        .flatMap(l -> l.connections().map(rate -> reserve(connections, l, rate, now)))
        .orElse(0L);
  }

  private static long reserve(Map<RateLimit, Pace> paces, RateLimit by, Rate rate, long now) {
    Pace pace = paces.computeIfAbsent(by, l -> Pace.from(now, rate.interval().toNanos()));
    paces.put(by, pace.taken(now));
    return pace.left(now);
  }

  /** What a session told of its speed. */
  void hear(Echo echo, int limit, long now) {
    switch (echo) {
      case GOOD -> {
        window = window.answered(running, limit);
        slowDown = slowDown.answered(now);
      }
      case ALIVE -> {
        if (window.phase() == Window.Phase.UNPROVEN || window.phase() == Window.Phase.RAMP) {
          window = window.answered(running, limit);
        }
      }
      case FAILED -> window = window.failed();
      case TOO_FAST -> {
        window = window.failed();
        slowDown = slowDown.told(now);
        slowedUntil = now + slowDown.interval();
      }
    }
  }

  void refuse(Destination destination) {
    if (outside.size() < MOST_OUTSIDE) {
      outside.add(destination);
    }
  }
}
