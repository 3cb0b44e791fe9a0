package org.mxrelay.smtp.queue.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who waits for work, and what happened since the last claim. What that claim left behind is no
 * news. Safe for use by several threads.
 */
final class Arrivals {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;
  private long seenChanges;
  private long seenForeign;
  private Instant claimedAt = Instant.MIN;

  /** How often something changed in this process; to be asked before a claim. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Something changed in this process. */
  void changed() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A claim saw all this. */
  void claimed(long seen, long foreign, Instant at) {
    lock.lock();
    try {
      seenChanges = seen;
      seenForeign = foreign;
      claimedAt = at;
    } finally {
      lock.unlock();
    }
  }

  /** A claim saw all this, but did not look into the tables. */
  void claimed(long seen) {
    lock.lock();
    try {
      seenChanges = seen;
    } finally {
      lock.unlock();
    }
  }

  /** What others had done by the last claim. */
  long foreign() {
    lock.lock();
    try {
      return seenForeign;
    } finally {
      lock.unlock();
    }
  }

  /** When the last claim was. */
  Instant claimedAt() {
    lock.lock();
    try {
      return claimedAt;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something changed in this process since the last claim. */
  boolean isNewsHere() {
    lock.lock();
    try {
      return changes != seenChanges;
    } finally {
      lock.unlock();
    }
  }

  boolean isNews(long foreign) {
    lock.lock();
    try {
      return changes != seenChanges || foreign != seenForeign;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something changes in this process, or the time is over. */
  void await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (changes == seenChanges && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
