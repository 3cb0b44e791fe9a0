package org.mxrelay.smtp.backup;

import java.time.Duration;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.StandardRetryPolicy;

/** Makes the retry policy of a backup: it never waits long, and holds on for long. Pure. */
final class HoldPolicy {

  static final RetrySchedule SCHEDULE =
      RetrySchedule.exponential(Duration.ofMinutes(5), Duration.ofMinutes(30));

  private HoldPolicy() {}

  static StandardRetryPolicy of(BackupMxBuilder with) {
    return new StandardRetryPolicy(with.retry, with.maxHold, with.delayNotice);
  }
}
