package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says when a person should know that mail has been held for long. Pure. */
final class HoldAlarm {

  private HoldAlarm() {}

  /** Why; nothing as long as half of the longest time is not over for the oldest message. */
  static Optional<String> why(Optional<Instant> oldest, Duration maxHold, Instant now) {
    return oldest
        .filter(since -> !now.isBefore(since.plus(maxHold.dividedBy(2))))
        .map(
            since ->
                "mail waits since "
                    + since
                    + " and is given up after "
                    + maxHold.toHours()
                    + " h of waiting");
  }
}
