package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.util.Optional;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.StandardRetryPolicy;

/** Makes the retry policy of a backup: it never waits long, and holds on for long. Pure. */
final class HoldPolicy {

  static final RetrySchedule SCHEDULE =
      RetrySchedule.exponential(Duration.ofMinutes(5), Duration.ofMinutes(30));

  private HoldPolicy() {}

  static StandardRetryPolicy of(BackupMxBuilder with) {
    // Nothing is tried in an outage, and nobody told by a failed attempt: see LateNotices.
    return new StandardRetryPolicy(with.retry, with.maxHold, Optional.empty());
  }
}
