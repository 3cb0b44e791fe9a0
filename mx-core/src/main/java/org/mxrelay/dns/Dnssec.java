package org.mxrelay.dns;

import java.util.Optional;

/**
 * Who says whether DNSSEC authenticated an answer: a resolver that is trusted, or we ourselves.
 * DANE (RFC 7672) stands on that.
 *
 * <p>Immutable.
 */
public final class Dnssec {

  private final AdTrust trust;
  private final Optional<TrustAnchors> anchors;

  private Dnssec(AdTrust trust, Optional<TrustAnchors> anchors) {
    this.trust = trust;
    this.anchors = anchors;
  }

  /**
   * Believes the AD flag (RFC 4035, 3.2.3) of servers given by name that listen on a loopback
   * address, and of the system's if {@code /etc/resolv.conf} says {@code options trust-ad}. Where
   * one of several servers is not trusted, none is: what a trusted one finds forged, the other
   * would let pass. The default.
   */
  public static Dnssec trustLocal() {
    return new Dnssec(AdTrust.LOCAL, Optional.empty());
  }

  /**
   * Believes the AD flag of all servers: the caller knows that they validate, and that the way to
   * them is protected.
   */
  public static Dnssec trustAll() {
    return new Dnssec(AdTrust.ALWAYS, Optional.empty());
  }

  /** No answer ever counts as authenticated. */
  public static Dnssec off() {
    return new Dnssec(AdTrust.NEVER, Optional.empty());
  }

  /**
   * Validates here, whatever the servers say, from {@linkplain TrustAnchors#root() the root's keys}
   * on. An answer that is bogus counts as none. The servers must pass signatures on. Costs several
   * more questions for each zone, and time: a validating resolver on this host does better.
   */
  public static Dnssec validate() {
    return validate(TrustAnchors.root());
  }

  /** Validates here as {@link #validate()} does, from other keys on. */
  public static Dnssec validate(TrustAnchors from) {
    return new Dnssec(AdTrust.ALWAYS, Optional.of(from));
  }

  /** Whose AD flag counts; where we validate it is our own. */
  AdTrust trust() {
    return trust;
  }

  /** Where our own validation begins, if it does. */
  Optional<TrustAnchors> anchors() {
    return anchors;
  }
}
