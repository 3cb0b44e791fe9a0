package org.mxrelay.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays that grow by a factor up to a cap: delay n is {@code min(max, initial * factor^(n-1))},
 * spread by the jitter. The cap bounds the curve, not the draw, so that old messages stay spread.
 *
 * <p>Immutable.
 *
 * @param initial the delay after the first attempt before jitter, 1 ms or more
 * @param max the cap of the curve, at least {@code initial} and at most 36,500 days
 * @param factor 1 to 100
 * @param jitter of each delay
 */
public record ExponentialSchedule(Duration initial, Duration max, double factor, Jitter jitter)
    implements RetrySchedule {

  /**
   * @throws IllegalArgumentException if a part is out of its range, naming it and its value
   */
  public ExponentialSchedule {
    Limits.requireDelay("initial delay", initial);
    Limits.requireDelay("greatest delay", max);
    if (max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "greatest delay " + max + " is less than initial delay " + initial);
    }
    if (!(factor >= 1 && factor <= 100)) {
      throw new IllegalArgumentException("factor: " + factor + " is not from 1 to 100");
    }
  }

  public ExponentialSchedule withFactor(double other) {
    return new ExponentialSchedule(initial, max, other, jitter);
  }

  public ExponentialSchedule withJitter(Jitter other) {
    return new ExponentialSchedule(initial, max, factor, other);
  }

  @Override
  public Duration after(int attempt, RandomGenerator random) {
    Limits.requireAttempt(attempt);
    return jitter.spread(Curve.exponential(initial, max, factor, upToCap(attempt)), random);
  }

  /**
   * The attempt, or an earlier one of the same delay: resilience4j walks the curve step by step.
   */
  private int upToCap(int attempt) {
    if (factor == 1) {
      return 1;
    }
    double growth = (double) max.toMillis() / initial.toMillis();
    double steps = Math.ceil(Math.log(growth) / Math.log(factor)) + 2;
    return (int) Math.min(attempt, steps);
  }

  /** The text that {@link RetrySchedule#parse} reads: {@code exp:5m,4h,2,0.2}. */
  @Override
  public String toString() {
    return ScheduleSpec.format(this);
  }
}
