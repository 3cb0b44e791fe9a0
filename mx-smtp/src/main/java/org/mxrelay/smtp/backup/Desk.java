package org.mxrelay.smtp.backup;

import java.time.Instant;
import org.mxrelay.smtp.SubmissionFactory;

/**
 * All that a session needs of the backup that it belongs to.
 *
 * <p>Immutable; its parts are safe for use by several threads.
 */
record Desk(
    Terms terms,
    Primaries primaries,
    Dialer dialer,
    Watch watch,
    Gatekeeper gatekeeper,
    Screening screening,
    DuplicateFilter duplicates,
    Intake intake,
    SubmissionFactory ids,
    Tidings tidings) {

  Instant now() {
    return terms.clock().instant();
  }
}
