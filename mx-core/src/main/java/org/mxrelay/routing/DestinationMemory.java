package org.mxrelay.routing;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers which exchanges could not be reached, by their addresses, so that what one message
 * found out need not be found out by each of the others: not at all for a while, then by one that
 * goes ahead, whose failure makes the while twice as long.
 *
 * <p>Unreachable means that nothing connected or greeted; a refusal is an answer. What is not heard
 * of again is forgotten, and so is the oldest knowledge where there is too much of it: whoever is
 * forgotten counts as reachable.
 *
 * <p>Safe for use by several threads. The time is the caller's: nothing happens by itself. A clock
 * that was set back makes no exchange wait longer than the longest while.
 */
public final class DestinationMemory {

  private final Duration first;
  private final Duration longest;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<InetSocketAddress, Failing> failing = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * An empty memory.
   *
   * @param first how long an address is left alone after its first failure; more than zero
   * @param longest how long at most, at least {@code first}
   * @param most addresses that are remembered; at least 1
   * @throws IllegalArgumentException if one is out of its range
   */
  public DestinationMemory(Duration first, Duration longest, int most) {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || most < 1) {
      throw new IllegalArgumentException(
          "first: " + first + ", longest: " + longest + ", most: " + most);
    }
    this.first = first;
    this.longest = longest;
    this.most = most;
  }

  /** An empty memory of 10,000 addresses: 30 s, doubling to 10 min. */
  public static DestinationMemory standard() {
    return new DestinationMemory(Duration.ofSeconds(30), Duration.ofMinutes(10), 10_000);
  }

  /**
   * @param failures in a row, those at one time counted once
   * @param until it is left alone
   * @param probed whether somebody was let through to see
   */
  private record Failing(int failures, Instant until, boolean probed) {}

  /**
   * Asks whether any of the routes may be tried. Of those whose while is over, the one who asks is
   * the one who goes ahead: to the next who asks they are unreachable again, for as long as before.
   *
   * @return empty if one may be tried, or there is none; else when the first of them may
   */
  public Optional<Instant> ask(List<Route> routes, Instant now) {
    lock.lock();
    try {
      Optional<Instant> dead = deadUntil(routes, now);
      if (dead.isEmpty()) {
        routes.forEach(route -> known(route, now).ifPresent(f -> letThrough(route, f, now)));
      }
      return dead;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether all of the routes are known to be unreachable.
   *
   * @return empty if one may be tried, or there is none; else when the first of them may
   */
  public Optional<Instant> deadUntil(List<Route> routes, Instant now) {
    lock.lock();
    try {
      Optional<Instant> first = Optional.empty();
      for (Route route : routes) {
        Optional<Instant> until = known(route, now).map(Failing::until).filter(now::isBefore);
        if (until.isEmpty()) {
          return until;
        }
        first = first.filter(until.get()::isAfter).or(() -> until);
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing connected there, or nothing greeted. */
  public void unreachable(Route route, Instant now) {
    lock.lock();
    try {
      Failing before = known(route, now).orElse(new Failing(0, now, false));
      // Several that were under way together found out the same.
      if (before.probed() || !before.until().isAfter(now)) {
        int failures = before.failures() + 1;
        failing.put(route.address(), new Failing(failures, now.plus(pause(failures)), false));
      }
      if (failing.size() > most) {
        failing.remove(failing.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whatever it was, something was answered there. */
  public void answered(Route route) {
    lock.lock();
    try {
      failing.remove(route.address());
    } finally {
      lock.unlock();
    }
  }

  /** Somebody will try again then, come what may: nobody need wait longer. */
  public void notLaterThan(Route route, Instant then) {
    lock.lock();
    try {
      failing.computeIfPresent(
          route.address(),
          (address, f) ->
              f.until().isAfter(then) ? new Failing(f.failures(), then, f.probed()) : f);
    } finally {
      lock.unlock();
    }
  }

  private void letThrough(Route route, Failing f, Instant now) {
    if (!f.until().isAfter(now)) {
      failing.put(route.address(), new Failing(f.failures(), now.plus(pause(f.failures())), true));
    }
  }

  private Optional<Failing> known(Route route, Instant now) {
    return Optional.ofNullable(failing.get(route.address()))
        .filter(f -> !now.isAfter(f.until().plus(longest)))
        .filter(f -> !f.until().isAfter(now.plus(longest)));
  }

  private Duration pause(int failures) {
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
