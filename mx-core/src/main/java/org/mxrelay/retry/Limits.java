package org.mxrelay.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** What delays and times may be, and what becomes of those beyond. */
final class Limits {

  /** The least delay. */
  static final Duration INSTANTLY = Duration.ofMillis(1);

  private Limits() {}

  static void requireAttempt(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt: " + attempt + " is less than 1");
    }
  }

  static void requireDelay(String what, Duration delay) {
    if (delay.compareTo(INSTANTLY) < 0 || delay.compareTo(Durations.LONGEST) > 0) {
      throw new IllegalArgumentException(what + ": " + delay + " is not from 1ms to 36500d");
    }
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The sum, or the last instant there is: a clock gone wild must not wedge a queue. */
  static Instant plus(Instant time, Duration amount) {
    try {
      return time.plus(amount);
    } catch (DateTimeException | ArithmeticException beyond) {
      return amount.isNegative() ? Instant.MIN : Instant.MAX;
    }
  }
}
