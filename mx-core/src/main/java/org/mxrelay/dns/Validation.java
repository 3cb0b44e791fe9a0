package org.mxrelay.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Validates what servers answer. Immutable.
 *
 * @param anchors where it begins
 * @param clock by what signatures are in time
 */
record Validation(TrustAnchors anchors, InstantSource clock) {

  /** How many times longer an answer may take: keys and delegations are asked for on the way. */
  static final int PATIENCE = 4;

  /**
   * A resolver that passes questions on and validates the answers: AD is set where they are
   * authentic, and only there; bogus ones are SERVFAIL.
   *
   * @param head is changed (EDNS with DO), so nobody else may use it
   */
  Resolver over(Resolver head) {
    ValidatingResolver validating = new ValidatingResolver(head, clock.withZone(ZoneOffset.UTC));
    validating.setAddReasonToAdditional(false);
    try {
      validating.loadTrustAnchors(anchors.stream());
    } catch (IOException e) {
      throw new UncheckedIOException("trust anchors", e); // they have been read before
    }
    return validating;
  }
}
