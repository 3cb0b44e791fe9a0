package org.mxrelay.tls;

import java.util.Optional;

/**
 * What a domain says of its MTA-STS policy, and what came of it.
 *
 * <p>Immutable.
 *
 * @param announcement what its TXT record says
 * @param policy the policy that holds now, if there is one
 * @param remark why there is none though one is announced, why the record counts for nothing, or
 *     why the policy is not the newest; empty if there is nothing to be said
 */
public record StsStatus(Announcement announcement, Optional<StsPolicy> policy, String remark) {

  /** What the TXT record of a domain says of a policy (RFC 8461, 3.1). */
  public enum Announcement {
    /** There is one. */
    ANNOUNCED,
    /** Nothing. */
    NONE,
    /** Something that is meant as an announcement and counts for nothing. */
    MALFORMED,
    /** Nobody could tell now. */
    UNKNOWN
  }

  /** Of a domain that has no policy. */
  public static StsStatus none() {
    return new StsStatus(Announcement.NONE, Optional.empty(), "");
  }
}
