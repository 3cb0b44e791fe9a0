package org.mxrelay.tls;

import java.time.Duration;
import java.time.Instant;

/**
 * A policy as it is kept.
 *
 * <p>Immutable.
 *
 * @param policy what the domain said
 * @param id under which id; another id in the DNS means another policy
 * @param fetchedAt when
 */
public record StoredPolicy(StsPolicy policy, String id, Instant fetchedAt) {

  /**
   * A policy holds at least so long: {@code max_age: 0} is no wish to be asked for each message.
   */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private static final Duration REFRESHED_AFTER = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if the id is not 1 to 32 letters and digits
   */
  public StoredPolicy {
    if (!id.matches("[A-Za-z0-9]{1,32}")) {
      throw new IllegalArgumentException("id of a policy: " + id);
    }
  }

  /** Until when it holds, whatever becomes of the DNS and of its host (RFC 8461, 5.1). */
  public Instant validUntil() {
    return fetchedAt.plus(life());
  }

  /** From when on it is better fetched anew: after a day, or half of its life if that is less. */
  public Instant refreshAt() {
    Duration half = life().dividedBy(2);
    return fetchedAt.plus(half.compareTo(REFRESHED_AFTER) < 0 ? half : REFRESHED_AFTER);
  }

  private Duration life() {
    return policy.maxAge().compareTo(SHORTEST) < 0 ? SHORTEST : policy.maxAge();
  }
}
