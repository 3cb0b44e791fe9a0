package org.mxrelay.retry;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Delays listed one by one, the last of which repeats.
 *
 * <p>Immutable.
 *
 * @param delays before jitter, each from 1 ms to 36,500 days; 1 to 10,000 of them
 * @param jitter of each delay
 */
public record ListSchedule(List<Duration> delays, Jitter jitter) implements RetrySchedule {

  static final int MOST = 10_000;

  /**
   * @throws IllegalArgumentException if there are too few or too many delays, or one is out of its
   *     range
   */
  public ListSchedule {
    delays = List.copyOf(delays);
    if (delays.isEmpty() || delays.size() > MOST) {
      throw new IllegalArgumentException(
          "delays in a list: " + delays.size() + " is not from 1 to " + MOST);
    }
    delays.forEach(delay -> Limits.requireDelay("delay in a list", delay));
  }

  public ListSchedule withJitter(Jitter other) {
    return new ListSchedule(delays, other);
  }

  @Override
  public Duration after(int attempt, RandomGenerator random) {
    Limits.requireAttempt(attempt);
    return jitter.spread(delays.get(Math.min(attempt, delays.size()) - 1), random);
  }

  /** The text that {@link RetrySchedule#parse} reads: {@code 1m,5m*2,1h}. */
  @Override
  public String toString() {
    return ScheduleSpec.format(this);
  }
}
