package org.mxrelay.smtp.engine;

import java.time.Duration;

/**
 * How much slower a lane goes since it was told that it is too fast: so long from one delivery to
 * the next. Each such reply doubles that, each answer takes an eighth of it away, and neither
 * counts twice within such an interval.
 *
 * <p>Immutable. Pure: times are those of a monotonic clock, in nanoseconds.
 *
 * @param interval from one delivery to the next; 0 for no slow-down
 * @param told when it was last told
 * @param since when it last changed
 */
record SlowDown(long interval, long told, long since) {

  static final SlowDown NONE = new SlowDown(0, 0, 0);
  static final long FIRST = Duration.ofSeconds(1).toNanos();
  static final long LONGEST = Duration.ofMinutes(1).toNanos();

  /** What is less is not worth waiting for. */
  static final long LEAST = Duration.ofMillis(50).toNanos();

  boolean isNone() {
    return interval == 0;
  }

  /** Too fast, said a reply. Those that were under way together say the same, and count once. */
  SlowDown told(long now) {
    if (isNone()) {
      return new SlowDown(FIRST, now, now);
    }
    return now - told < interval ? this : new SlowDown(Math.min(2 * interval, LONGEST), now, now);
  }

  /** A delivery went well. Those that were under way when it was told say nothing of it. */
  SlowDown answered(long now) {
    if (isNone() || now - since < interval) {
      return this;
    }
    long shorter = interval - interval / 8;
    return shorter < LEAST ? NONE : new SlowDown(shorter, told, now);
  }
}
