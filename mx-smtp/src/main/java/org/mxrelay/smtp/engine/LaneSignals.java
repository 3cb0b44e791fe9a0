package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Who waits for the lanes, and what wakes them: a change, quiet, or a time.
 *
 * <p>Safe for use by several threads. Whoever waits takes the lock of {@link Lanes} here; whoever
 * wakes has it.
 */
final class LaneSignals {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final ReentrantLock lock;
  private final LongSupplier nanos;
  private final Condition changed;
  private final Condition quiet;
  private final Condition timed;
  private long changes;
  private long quietings;
  private boolean armed;
  private long wakeAt;
  private boolean ended;

  LaneSignals(ReentrantLock lock, LongSupplier nanos) {
    this.lock = lock;
    this.nanos = nanos;
    this.changed = lock.newCondition();
    this.quiet = lock.newCondition();
    this.timed = lock.newCondition();
  }

  /** Something ended, or somebody wants to be heard. */
  void changed() {
    changes++;
    changed.signalAll();
  }

  /** The last delivery that was under way ended. */
  void quiet() {
    quietings++;
    quiet.signalAll();
  }

  /** Then something may begin that nothing but time keeps back. */
  void wakeAt(long time) {
    if (!armed || time - wakeAt < 0) {
      armed = true;
      wakeAt = time;
      timed.signal();
    }
  }

  /** Nobody waits for a time any more. */
  void end() {
    ended = true;
    timed.signalAll();
  }

  /**
   * Waits until a time that was set, or the end.
   *
   * @return false at the end
   */
  boolean awaitTime() throws InterruptedException {
    lock.lock();
    try {
      long left = 0;
      while (!ended && (!armed || left > 0)) {
        if (armed) {
          timed.awaitNanos(left);
        } else {
          timed.await();
        }
        left = wakeAt - nanos.getAsLong();
      }
      armed = false;
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while something holds, but not for long. */
  void awaitChangeWhile(BooleanSupplier holds) throws InterruptedException {
    awaitChangeWhile(holds, LONGEST_WAIT);
  }

  /** Waits while something holds, or until the time is over. */
  void awaitChangeWhile(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (holds.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something changes, or the time is over. */
  void awaitChange(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long seen = changes;
      long left = atMost.toNanos();
      while (changes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is quiet once more, or the time is over. */
  void awaitQuiet(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long seen = quietings;
      long left = atMost.toNanos();
      while (quietings == seen && left > 0) {
        left = quiet.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
