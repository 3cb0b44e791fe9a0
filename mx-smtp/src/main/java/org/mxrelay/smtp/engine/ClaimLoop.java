package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims what there is room for and hands it to the workers, on one thread.
 *
 * <p>Safe for use by several threads: one runs {@link #loop}, the others steer it.
 */
final class ClaimLoop {

  private static final Logger log = LoggerFactory.getLogger(ClaimLoop.class);

  /** A store that sees no work wakes us by itself; this is for clocks that jump. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** While full destinations have work that is due, the store would not let us wait. */
  private static final Duration BEHIND_FULL_LANES = Duration.ofMillis(50);

  /**
   * Whose lane turned out to be full goes behind the others: there may be some for whom it is not.
   */
  private static final Duration BEHIND_REFUSED = Duration.ofMillis(10);

  /** How late an expiry or a delay notice may be that falls into a postponement. */
  private static final Duration OVERDUE_EVERY = Duration.ofMinutes(1);

  private final DeliveryQueue queue;
  private final Times times;
  private final Lanes lanes;
  private final LeaseKeeper keeper;
  private final Dispatch dispatch;
  private final Announcer announcer;
  private final Rules rules;
  private final Reports reports;
  private final Backoff backoff = new Backoff();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread waiting;
  private long overdueAt;
  private boolean paused;
  private boolean stopped;

  ClaimLoop(EngineParts parts, Crew crew) {
    this.queue = parts.queue();
    this.times = parts.times();
    this.lanes = crew.lanes();
    this.keeper = crew.keeper();
    this.dispatch = crew.dispatch();
    this.rules = parts.rules();
    this.reports = parts.reports();
    this.overdueAt = times.nanos().getAsLong();
    this.announcer = new Announcer(parts.listener());
  }

  /** Who takes over what was claimed. */
  record Crew(Lanes lanes, LeaseKeeper keeper, Dispatch dispatch) {}

  /** Claims until stopped. */
  void loop() {
    while (!isStopped()) {
      try {
        turn();
      } catch (RuntimeException e) {
        log.warn("nothing could be claimed; trying again", e);
        rest(() -> lanes.awaitChange(backoff.afterFailure()));
      }
    }
  }

  private void turn() {
    if (isPaused()) {
      rest(() -> lanes.awaitChange(LONGEST_WAIT));
      return;
    }
    if (lanes.isFull()) {
      rest(lanes::awaitRoom);
      return;
    }
    Lanes.Room room = lanes.callIn();
    Brought brought = round(room);
    if (brought.admitted() > 0) {
      backoff.reset();
    } else if (brought.refused() > 0) {
      rest(() -> lanes.awaitChange(BEHIND_REFUSED));
    } else if (!room.full().isEmpty()) {
      rest(() -> lanes.awaitReopening(BEHIND_FULL_LANES));
    } else {
      rest(this::awaitWork);
    }
  }

  /** One claim; answers how many deliveries it brought. */
  int round() {
    Lanes.Room room = lanes.callIn();
    return room.most() == 0 ? 0 : round(room).admitted();
  }

  /** How many deliveries of a claim could come in, and how many had to go back. */
  private record Brought(int admitted, int refused) {}

  private Brought round(Lanes.Room room) {
    // The lease counts from before the store was asked: it can only last longer than we think.
    long oursUntil = times.nanos().getAsLong() + LeaseKeeper.LEASE.toNanos();
    ClaimRequest request = request(room, times.now());
    PostponedOnes postponed = new PostponedOnes(queue, request);
    int admitted = 0;
    List<Lease> tooMany = new ArrayList<>();
    for (Lease lease : queue.claim(request)) {
      Work work = new Work(lease, times.nanos(), oursUntil);
      // Watched before it may start, since others start too and starting may take its time.
      keeper.keep(work);
      if (admit(work, postponed, request.now())) {
        admitted++;
      } else {
        keeper.forget(work);
        tooMany.add(lease);
      }
    }
    dispatch.start();
    announcer.held(queue.ownHolds(), times.now());
    if (!tooMany.isEmpty()) {
      queue.release(tooMany);
    }
    return new Brought(admitted, tooMany.size());
  }

  private ClaimRequest request(Lanes.Room room, Instant now) {
    boolean look = overdueAt - times.nanos().getAsLong() <= 0;
    if (look) {
      overdueAt = times.nanos().getAsLong() + OVERDUE_EVERY.toNanos();
    }
    return new ClaimRequest(
        now,
        LeaseKeeper.LEASE,
        room.most(),
        room.mostPerDestination(),
        room.full(),
        look ? now.minus(rules.retry().expiry()) : Instant.MIN,
        look ? reports.lateSince(now) : Instant.MIN);
  }

  /** Whoever is overdue, or only to be told of, costs a lane that is slow or full nothing. */
  private boolean admit(Work work, PostponedOnes postponed, Instant now) {
    Delivery delivery = work.delivery();
    if (now.isBefore(rules.expiryOf(delivery))) {
      if (!postponed.has(delivery)) {
        return lanes.offer(work);
      }
      if (!reports.isLate(delivery, now)) {
        // Its own policy is more patient than the shortest, by which the store was asked.
        return false;
      }
      work.onlyTell();
    }
    // There may be more of them than there was room for.
    overdueAt = times.nanos().getAsLong();
    lanes.offerOverdue(work);
    return true;
  }

  private void awaitWork() throws InterruptedException {
    long before = System.nanoTime();
    queue.awaitWork(LONGEST_WAIT);
    if (System.nanoTime() - before < Duration.ofMillis(1).toNanos()) {
      // The store says there is work and gives none: another node was faster, or it errs.
      lanes.awaitChange(backoff.afterNothing());
    } else {
      backoff.reset();
    }
  }

  /** A wait that {@link #stop} may cut short; a claim is never interrupted. */
  @FunctionalInterface
  private interface Wait {
    void take() throws InterruptedException;
  }

  private void rest(Wait wait) {
    try {
      if (waits(Thread.currentThread())) {
        wait.take();
      }
    } catch (InterruptedException e) {
      if (!isStopped()) {
        log.warn("the claim thread was interrupted by somebody else; claiming ends");
        stop();
        Thread.currentThread().interrupt();
      }
    } finally {
      waits(null);
    }
  }

  private boolean waits(@Nullable Thread thread) {
    lock.lock();
    try {
      waiting = thread;
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  void pause(boolean now) {
    lock.lock();
    try {
      paused = now;
    } finally {
      lock.unlock();
    }
    lanes.signal();
  }

  boolean isPaused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }
}
