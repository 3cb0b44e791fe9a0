package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.LaneState;
import org.mxrelay.smtp.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims deliveries and works on them until closed: one thread claims, one renews leases, one wakes
 * those that wait for time, and as many as the lanes allow work.
 *
 * <p>Safe for use by several threads.
 */
public final class Engine implements Explanation.EngineView {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final EngineParts parts;
  private final Machinery machinery;
  private final ThreadPoolExecutor workers;
  private final Thread claimer;
  private final Thread renewer;
  private final Thread pacer;

  private Engine(EngineParts parts) {
    this.parts = parts;
    // As many threads as the lanes let sessions begin; each goes on as long as there are more.
    this.workers =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), parts.threads());
    this.machinery = Machinery.of(parts, workers);
    this.claimer = parts.threads().newThread(machinery.claims()::loop);
    this.renewer = parts.threads().newThread(machinery.keeper()::loop);
    this.pacer = parts.threads().newThread(machinery.dispatch()::loop);
  }

  /**
   * Attaches the queue and starts to deliver.
   *
   * @throws org.mxrelay.smtp.queue.QueueInUse if another engine has the queue
   */
  public static Engine start(EngineParts parts) {
    parts.queue().attach();
    Engine engine = new Engine(parts);
    engine.renewer.start();
    engine.pacer.start();
    engine.claimer.start();
    return engine;
  }

  /**
   * Nothing of the destination is attempted before then, and its backlog comes back slowly; what
   * was postponed before goes on at once if that time is over.
   */
  public void postpone(Destination destination, Instant until) {
    if (until.isAfter(parts.times().now())) {
      machinery.lanes().slow(destination);
    }
    parts.queue().postpone(destination, until);
  }

  /** What keeps the engine from a destination at this moment, in words. */
  @Override
  public Optional<String> obstacle(Destination destination) {
    if (machinery.claims().isPaused()) {
      return Optional.of("the relay is paused");
    }
    Lanes.Room room = machinery.lanes().room();
    if (room.full().contains(destination)) {
      return Optional.of("as many are under way to its destination as may be at a time");
    }
    return room.most() == 0
        ? Optional.of("as many are under way here as may be at a time")
        : Optional.empty();
  }

  @Override
  public Optional<LaneState> lane(Destination destination) {
    return machinery.lanes().state(destination, parts.times().now());
  }

  public boolean isPaused() {
    return machinery.claims().isPaused();
  }

  /** How many deliveries are under way. */
  public int underWay() {
    return machinery.lanes().underWay();
  }

  public void pause() {
    machinery.claims().pause(true);
  }

  public void resume() {
    machinery.claims().pause(false);
  }

  /**
   * Waits until nothing is pending in the queue and nothing is under way here.
   *
   * @return false if something still was when the time was over
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    Deadline deadline = Deadline.in(atMost, System::nanoTime);
    Duration pause = Duration.ofMillis(1);
    while (!isQuiet()) {
      if (deadline.isOver()) {
        return false;
      }
      pause = least(pause.multipliedBy(2), Duration.ofMillis(200));
      machinery.lanes().awaitQuiet(least(pause, deadline.left()));
    }
    return true;
  }

  /**
   * Counting a long queue costs the store something: not before nothing is under way here. A store
   * that cannot be asked is not empty as far as anybody knows; claims tell of it.
   */
  private boolean isQuiet() {
    Lanes lanes = machinery.lanes();
    try {
      // And again at the end: what was settled while the store counted has yet to be told.
      return lanes.underWay() == 0 && parts.queue().stats().pending() == 0 && lanes.underWay() == 0;
    } catch (QueueException e) {
      return false;
    }
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /**
   * Claims nothing more, breaks off what has not sent its last byte, waits for the others as long
   * as the time lasts, and settles the rest as uncertain. The queue stays open.
   */
  public void close(Duration within) {
    Deadline deadline = Deadline.in(within, System::nanoTime);
    machinery.claims().stop();
    join(claimer, deadline);
    for (Work work : machinery.keeper().kept()) {
      work.stop("the relay closes");
      if (work.isWaiting()) {
        conclude(work);
      }
    }
    machinery.lanes().close().forEach(machinery.worker()::work);
    workers.shutdown();
    awaitWorkers(deadline);
    machinery.line().hurry();
    machinery.keeper().kept().forEach(this::conclude);
    machinery.line().awaitEmpty();
    machinery.keeper().stop();
  }

  private void conclude(Work work) {
    try {
      machinery.worker().giveBack(work);
    } catch (RuntimeException e) {
      log.error("delivery {}: not given back, left to its lease", work.delivery().id(), e);
    }
  }

  private void awaitWorkers(Deadline deadline) {
    try {
      while (machinery.lanes().underWay() > 0 && !deadline.isOver()) {
        machinery.lanes().awaitQuiet(least(Duration.ofMillis(50), deadline.left()));
      }
    } catch (InterruptedException e) {
      // Whoever closes is in a hurry: no more waiting, but what is known is stored.
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread, Deadline deadline) {
    try {
      thread.join(Math.max(1, deadline.left().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
