package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.util.Optional;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.StandardRetryPolicy;

/** Makes the retry policy of a backup: it never waits long, and holds on for long. Pure. */
final class HoldPolicy {

  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private HoldPolicy() {}

  static StandardRetryPolicy of(Duration maxHold, Optional<Duration> delayNotice) {
    return new StandardRetryPolicy(RetrySchedule.exponential(FIRST, LONGEST), maxHold, delayNotice);
  }
}
