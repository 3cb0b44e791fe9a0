package org.mxrelay.retry;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts.
 *
 * <p>Immutable. Safe for use by several threads as far as the source of randomness is.
 */
@FunctionalInterface
public interface RetrySchedule {

  /**
   * The delay after a failed attempt, jitter included.
   *
   * @param attempt the attempt that failed, from 1
   * @param random draws the jitter
   * @return at least one millisecond
   * @throws IllegalArgumentException if the attempt is less than 1
   */
  Duration after(int attempt, RandomGenerator random);

  /**
   * Delays that double from the first to the greatest, spread by a fifth to either side.
   *
   * @param initial the first delay, 1 ms or more
   * @param max the greatest delay before jitter, at least {@code initial}
   * @throws IllegalArgumentException if one is out of its range
   */
  static ExponentialSchedule exponential(Duration initial, Duration max) {
    return new ExponentialSchedule(initial, max, 2, Jitter.proportional(0.2));
  }

  /**
   * Delays listed one by one, the last of which repeats, without jitter.
   *
   * @throws IllegalArgumentException if there is none, or one is out of its range
   */
  static ListSchedule list(Duration... delays) {
    return new ListSchedule(List.of(delays), Jitter.NONE);
  }

  /**
   * Reads {@code exp:INITIAL,MAX[,FACTOR[,JITTER]]} (factor 2 and jitter 0.2 if left out) or a list
   * such as {@code 1m,5m*2,1h*3}, whose last entry repeats. Durations: {@code 250ms}, {@code 90s},
   * {@code 5m}, {@code 4h}, {@code 5d}.
   *
   * <p>A jitter is a share such as {@code 0.2}, {@code full}, {@code equal}, or two bounds such as
   * {@code 1..1.5}. A list has one only if it ends in {@code ~JITTER}: {@code 30m,2h~0.1}.
   *
   * @throws IllegalArgumentException if it is neither, naming the part that is wrong
   */
  static RetrySchedule parse(String spec) {
    return ScheduleSpec.parse(spec);
  }
}
