package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Takes {@code mx.dns}. Safe for use by several threads.
 *
 * @param nanos the monotonic clock
 */
record LookupTimer(Meters meters, LongSupplier nanos) {

  /** A question to the DNS. */
  interface Question<A> {
    A ask() throws InterruptedException;
  }

  /**
   * Asks. A question whose thread was interrupted is not counted: that says nothing of the DNS.
   *
   * @param type what is asked for
   * @param result the answer in a word
   */
  <A> A timed(String type, Question<A> question, Function<A, String> result)
      throws InterruptedException {
    long begun = nanos.getAsLong();
    A answer = question.ask();
    meters.took(
        "mx.dns",
        Map.of("type", type, "result", result.apply(answer)),
        Duration.ofNanos(nanos.getAsLong() - begun));
    return answer;
  }
}
