package org.mxrelay.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How far a delay is spread at random, so that messages deferred together do not come back
 * together.
 *
 * <p>A delay is multiplied by a factor drawn uniformly between two bounds. The spread grows with
 * the delay, and is applied after its cap: a spread that is cut off at the cap sends every old
 * message of a backlog at the same second.
 *
 * <p>Immutable.
 *
 * @param low the least factor, 0 or more
 * @param high the greatest factor, at least {@code low} and at most 10
 */
public record Jitter(double low, double high) {

  /** No spread at all. */
  public static final Jitter NONE = new Jitter(1, 1);

  /** From nothing to the whole delay: the widest spread, at half the mean delay. */
  public static final Jitter FULL = new Jitter(0, 1);

  /** From half the delay to the whole. */
  public static final Jitter EQUAL = new Jitter(0.5, 1);

  /**
   * @throws IllegalArgumentException if a bound is out of its range
   */
  public Jitter {
    if (!(low >= 0 && low <= high && high > 0 && high <= 10)) {
      throw new IllegalArgumentException("bounds of a jitter: " + low + " to " + high);
    }
  }

  /**
   * From {@code 1 - share} to {@code 1 + share} times the delay, which stays the mean.
   *
   * @param share 0 to 1
   * @throws IllegalArgumentException if it is out of its range
   */
  public static Jitter proportional(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a jitter of " + share + ", which is not from 0 to 1");
    }
    return new Jitter(1 - share, 1 + share);
  }

  /** The delay with its jitter, in whole milliseconds and at least one. */
  Duration spread(Duration delay, RandomGenerator random) {
    double factor = low == high ? low : random.nextDouble(low, high);
    return Duration.ofMillis(Math.max(1, Math.round(delay.toMillis() * factor)));
  }
}
