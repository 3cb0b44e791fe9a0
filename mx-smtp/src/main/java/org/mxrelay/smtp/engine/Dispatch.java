package org.mxrelay.smtp.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands deliveries to threads as the lanes let them begin. A thread that is through with one goes
 * on with the next.
 *
 * <p>Safe for use by several threads: one runs {@link #loop}, any may call {@link #start}.
 */
final class Dispatch {

  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

  private final Lanes lanes;
  private final Executor workers;
  private final Worker worker;

  /** Calls of {@link #start} that nobody has looked after yet. */
  private final AtomicInteger asked = new AtomicInteger();

  Dispatch(Lanes lanes, Executor workers, Worker worker) {
    this.lanes = lanes;
    this.workers = workers;
    this.worker = worker;
  }

  /** Starts all that may begin. One thread at a time does it, for all who call meanwhile. */
  void start() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      for (Work work = lanes.next(); work != null; work = lanes.next()) {
        hand(work);
      }
      seen = asked.addAndGet(-seen);
    }
  }

  private void hand(Work work) {
    try {
      workers.execute(() -> workFrom(work));
    } catch (RejectedExecutionException e) {
      work.stop("the relay closes");
      workFrom(work);
    }
  }

  private void workFrom(Work first) {
    @Nullable Work work = first;
    while (work != null) {
      work = workOn(work);
    }
    if (lanes.isAnyWaiting()) {
      // What was heard may have made room for more than this one thread can take.
      start();
    }
  }

  private @Nullable Work workOn(Work work) {
    boolean through = false;
    try {
      worker.work(work);
      through = true;
    } finally {
      if (!through) {
        lanes.end(work);
      }
    }
    return lanes.after(work);
  }

  /** Starts what only time kept from beginning, until the lanes are closed. */
  void loop() {
    try {
      while (lanes.awaitTime()) {
        start();
      }
    } catch (InterruptedException e) {
      log.warn("the thread that paces was interrupted by somebody else; it ends");
      Thread.currentThread().interrupt();
    }
  }
}
