package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.DestinationMemory;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Postpones destinations none of whose exchanges could be reached, so that one delivery finds out
 * for all of them whether that is still so; and starts slowly with those that come back.
 *
 * <p>Safe for use by several threads.
 */
final class Reachability {

  private static final Logger log = LoggerFactory.getLogger(Reachability.class);

  private final DestinationMemory memory = DestinationMemory.standard();
  private final DeliveryQueue queue;
  private final Lanes lanes;
  private final Times times;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Destination, Postponed> postponed = new HashMap<>();

  Reachability(DeliveryQueue queue, Times times, Lanes lanes) {
    this.queue = queue;
    this.times = times;
    this.lanes = lanes;
  }

  /**
   * @param until as the store was told
   * @param nanos when it had been told, by the monotonic clock
   */
  private record Postponed(Instant until, long nanos) {}

  /**
   * Whether all routes of the destination are known to be dead, which postpones it. If not, whoever
   * asks goes ahead, and the others wait for what it finds.
   */
  boolean isDead(Destination destination, List<Route> routes) {
    Optional<Instant> until = memory.ask(routes, times.now());
    until.ifPresent(then -> postpone(destination, then));
    return until.isPresent();
  }

  /**
   * Claimed after we had it postponed, and not because its time is over: somebody ended the
   * postponement, and wants to see an attempt.
   */
  boolean isWanted(Work work) {
    lock.lock();
    try {
      Postponed last = postponed.get(work.delivery().destination());
      return last != null
          && last.until().isAfter(times.now())
          && work.claimedAt() - last.nanos() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether we had it postponed, and that is not over. */
  boolean isPostponed(Destination destination) {
    lock.lock();
    try {
      Postponed last = postponed.get(destination);
      return last != null && last.until().isAfter(times.now());
    } finally {
      lock.unlock();
    }
  }

  /** What a session tells of its exchange. */
  void learn(Destination destination, Session session) {
    lanes.hear(destination, Echo.of(session));
    if (isUnreached(session)) {
      memory.unreachable(session.route(), session.at());
      return;
    }
    memory.answered(session.route());
    if (forget(destination)) {
      tell(destination, times.now());
    }
  }

  /** Nothing connected, or nothing greeted: a greeting that we did not like is one. */
  private static boolean isUnreached(Session session) {
    return session.heard().values().stream()
        .allMatch(
            heard -> {
              Stage stage = heard.diagnostic().stage().orElse(Stage.END_OF_DATA);
              boolean greeted = heard.judgement().status().detail() == 6;
              return heard.answer() == Answer.LOST
                  && (stage == Stage.CONNECT || (stage == Stage.GREETING && !greeted));
            });
  }

  /**
   * An attempt is over. If it found nobody, its destination waits; but not longer than until its
   * own next attempt.
   */
  void concluded(Destination destination, List<Route> routes, Optional<Instant> due) {
    due.ifPresent(then -> routes.forEach(route -> memory.notLaterThan(route, then)));
    memory.deadUntil(routes, times.now()).ifPresent(until -> postpone(destination, until));
  }

  private void postpone(Destination destination, Instant until) {
    if (!isNews(destination, until)) {
      return;
    }
    lanes.slow(destination);
    tell(destination, until);
    lock.lock();
    try {
      postponed.values().removeIf(p -> !p.until().isAfter(times.now()));
      postponed.put(destination, new Postponed(until, times.nanos().getAsLong()));
    } finally {
      lock.unlock();
    }
  }

  private void tell(Destination destination, Instant until) {
    try {
      queue.postpone(destination, until);
    } catch (RuntimeException e) {
      log.warn(
          "{} could not be postponed until {}; its mail is tried one by one",
          destination,
          until,
          e);
    }
  }

  private boolean isNews(Destination destination, Instant until) {
    lock.lock();
    try {
      Postponed last = postponed.get(destination);
      return last == null || !last.until().equals(until);
    } finally {
      lock.unlock();
    }
  }

  private boolean forget(Destination destination) {
    lock.lock();
    try {
      Postponed last = postponed.remove(destination);
      return last != null && last.until().isAfter(times.now());
    } finally {
      lock.unlock();
    }
  }
}
