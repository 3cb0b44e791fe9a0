package org.mxrelay.retry;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** The curve of exponential backoff, which resilience4j knows. */
final class Curve {

  private Curve() {}

  /**
   * {@code min(max, initial * factor^(attempt-1))}, without any jitter: resilience4j's own is drawn
   * before its cap, and so gone for every delay that reaches it, and cannot be seeded.
   */
  static Duration exponential(Duration initial, Duration max, double factor, int attempt) {
    IntervalFunction curve = IntervalFunction.ofExponentialBackoff(initial, factor, max);
    return Duration.ofMillis(curve.apply(attempt));
  }
}
