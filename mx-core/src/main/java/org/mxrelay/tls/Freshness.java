package org.mxrelay.tls;

import java.time.Instant;
import java.util.Optional;

/**
 * What to do about a domain's policy, given what is known of it. Pure.
 *
 * @param known what is kept
 * @param retryAt when to try again where a fetch failed
 */
record Freshness(Optional<StoredPolicy> known, Optional<Instant> retryAt) {

  enum Step {
    /** What is known holds. */
    USE,
    /** What is known holds, and is better fetched anew. */
    REFRESH,
    /** Nothing is known that holds, and there is a policy to be had. */
    FETCH,
    /** There is no policy, or none to be had now. */
    NONE
  }

  Step step(StsRecord record, Instant now) {
    boolean resting = retryAt.filter(now::isBefore).isPresent();
    Optional<StoredPolicy> valid = valid(now);
    if (valid.isPresent()) {
      return !resting && isOutdated(valid.get(), record, now) ? Step.REFRESH : Step.USE;
    }
    return record instanceof StsRecord.Present && !resting ? Step.FETCH : Step.NONE;
  }

  /** What holds, whatever the DNS says by now (RFC 8461, 10.2). */
  Optional<StoredPolicy> valid(Instant now) {
    return known.filter(policy -> now.isBefore(policy.validUntil()));
  }

  private static boolean isOutdated(StoredPolicy policy, StsRecord record, Instant now) {
    if (record instanceof StsRecord.Absent) {
      // The domain may be taking its policy back: it ends by itself.
      return false;
    } else if (record instanceof StsRecord.Present p && !p.id().equals(policy.id())) {
      return true;
    }
    // A clock that was set back makes nothing younger.
    return !now.isBefore(policy.refreshAt()) || now.isBefore(policy.fetchedAt());
  }
}
