package org.mxrelay.smtp.queue.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into the tables what has ended, and what stays longer than fresh mail should, so that
 * people see it there; and has the journal use its files again.
 *
 * <p>Safe for use by several threads: one runs {@link #loop}.
 */
final class Keeper {

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  /** What nobody has brought away by then goes into the tables. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** Between two rounds; what ended meanwhile shares a transaction. */
  private static final Duration ROUND = Duration.ofMillis(20);

  /** The same while there is nothing to do, or it failed. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** How long a file of the journal is written to while there is anything to write. */
  private static final Duration EPOCH = Duration.ofSeconds(5);

  private static final long LONG_FILE = 16L << 20;

  private final Fresh fresh;
  private final Admission admission;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private boolean woken;
  private boolean failed;
  private boolean closed;
  private long epochSince = System.nanoTime();

  Keeper(Fresh fresh, Admission admission) {
    this.fresh = fresh;
    this.admission = admission;
  }

  /** Looks after the journal until the end. */
  void loop() {
    while (await()) {
      try {
        round();
        failed = false;
      } catch (RuntimeException e) {
        failed = true;
        log.warn("what the journal has does not get into the tables yet: {}", e.toString());
      }
    }
  }

  private boolean await() {
    boolean idle = fresh.with(FreshBook::isEmpty);
    lock.lock();
    try {
      long left = (idle || failed ? IDLE : ROUND).toNanos();
      while (!closed && !woken && left > 0) {
        left = wanted.awaitNanos(left);
      }
      woken = false;
      return !closed;
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end; what is left goes into the tables at close.
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** There is something to do again. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  private void round() {
    fresh.leaveEach(fresh.with(FreshBook::over));
    long old = System.nanoTime() - FRESH.toNanos();
    List<FreshMessage> aged = fresh.with(book -> book.olderThan(old));
    fresh.leaveEach(aged);
    // What comes after them must not overtake them.
    aged.forEach(message -> message.forEachDestination(admission::forget));
    Journal journal = fresh.journal();
    if (journal.length() > LONG_FILE || System.nanoTime() - epochSince > EPOCH.toNanos()) {
      epochSince = System.nanoTime();
      journal.turn();
    }
    journal.tidy();
  }

  /** Ends the loop; a round that has begun goes on. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Brings everything into the tables.
   *
   * @throws QueueException if they do not take it; the journal keeps it
   */
  void empty() {
    fresh.leaveAll(message -> true);
  }
}
