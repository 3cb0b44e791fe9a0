package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of everything that is under way, well before they end.
 *
 * <p>Safe for use by several threads.
 */
final class LeaseKeeper {

  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration EVERY = Duration.ofSeconds(20);

  /** After the store failed: often enough to succeed before the leases end. */
  static final Duration SOON = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final DeliveryQueue queue;
  private final Times times;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean stopped;
  private final Set<Work> kept = ConcurrentHashMap.newKeySet();

  LeaseKeeper(DeliveryQueue queue, Times times) {
    this.queue = queue;
    this.times = times;
  }

  void keep(Work work) {
    kept.add(work);
  }

  void forget(Work work) {
    kept.remove(work);
  }

  /** Everything that is under way. */
  List<Work> kept() {
    return List.copyOf(kept);
  }

  /**
   * Renews once.
   *
   * @return when to renew again
   */
  Duration renew() {
    List<Work> works = kept();
    if (works.isEmpty()) {
      return EVERY;
    }
    try {
      // The lease counts from before the store was asked: it can only last longer than we think.
      long until = times.nanos().getAsLong() + LEASE.toNanos();
      Set<Held> lost =
          queue.renew(works.stream().map(Work::lease).toList(), times.now(), LEASE).stream()
              .map(Held::of)
              .collect(Collectors.toSet());
      works.forEach(work -> settle(work, until, lost));
      return EVERY;
    } catch (RuntimeException e) {
      log.warn("{} leases could not be renewed yet", works.size(), e);
      return SOON;
    }
  }

  /** Renews until stopped. */
  void loop() {
    Duration wait = EVERY;
    while (sleep(wait)) {
      wait = renew();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean sleep(Duration length) {
    lock.lock();
    try {
      long left = length.toNanos();
      while (!stopped && left > 0) {
        left = wake.awaitNanos(left);
      }
      return !stopped;
    } catch (InterruptedException e) {
      log.warn("the thread that renews leases was interrupted by somebody else; it ends");
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static void settle(Work work, long until, Set<Held> lost) {
    if (lost.contains(Held.of(work.lease()))) {
      work.lose();
    } else {
      work.prolong(until);
    }
  }

  /** What a lease is known by, whatever else a store changes of it. */
  private record Held(long delivery, long token) {
    static Held of(Lease lease) {
      return new Held(lease.delivery().id(), lease.token());
    }
  }
}
