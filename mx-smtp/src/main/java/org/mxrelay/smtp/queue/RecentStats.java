package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue's numbers for those who ask often, such as gauges and health checks: counted once for all
 * who ask within some seconds, and the longer counting takes, the more seldom, so that a queue of
 * millions is not counted all the time.
 *
 * <p>Safe for use by several threads; who comes while it is counted waits for it.
 */
public final class RecentStats {

  /** For so long at least one count is good. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** For so many times the time that it took, a count is good: it costs 1 % of a thread. */
  static final int TIMES = 100;

  private final Supplier<QueueStats> source;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable QueueStats last;
  private long goodUntil;

  /**
   * @param source such as {@code queue::stats}
   * @param nanos the monotonic clock, such as {@code System::nanoTime}
   */
  public RecentStats(Supplier<QueueStats> source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  /**
   * The numbers as they are, or were a few seconds ago.
   *
   * @throws QueueException if the store failed; the next one to ask has it asked again
   */
  public QueueStats get() {
    lock.lock();
    try {
      QueueStats known = last;
      long now = nanos.getAsLong();
      if (known != null && now - goodUntil < 0) {
        return known;
      }
      last = null;
      QueueStats counted = source.get();
      long then = nanos.getAsLong();
      last = counted;
      goodUntil = then + Math.max(FRESH.toNanos(), TIMES * (then - now));
      return counted;
    } finally {
      lock.unlock();
    }
  }
}
