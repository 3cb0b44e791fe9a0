package org.mxrelay.smtp.backup;

import java.time.Duration;
import org.mxrelay.smtp.client.SmtpTimeouts;

/** How long a primary may take while somebody waits. */
final class LiveTimeouts {

  /** Shorter than RFC 5321, 4.5.3.2 gives, so that the client, who waits that long, hears of it. */
  static final SmtpTimeouts STANDARD =
      new SmtpTimeouts(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(8));

  private LiveTimeouts() {}
}
