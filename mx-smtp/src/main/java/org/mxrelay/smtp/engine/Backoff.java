package org.mxrelay.smtp.engine;

import java.time.Duration;

/** How long the claim thread waits when it gets nothing in spite of asking. Confined to it. */
final class Backoff {

  private int step;

  void reset() {
    step = 0;
  }

  /** The store had nothing after all: 1 ms, doubling to 128 ms. */
  Duration afterNothing() {
    step = Math.min(step + 1, 8);
    return Duration.ofMillis(1L << (step - 1));
  }

  /** The store failed: 100 ms, doubling to 5 s. */
  Duration afterFailure() {
    step = Math.min(step + 1, 7);
    return Duration.ofMillis(Math.min(5000, 100L << (step - 1)));
  }
}
