package org.mxrelay.dns;

import org.mxrelay.address.Domain;

/**
 * Answers the questions that DANE asks of the DNS beside those of routing (RFC 7672, 2.2).
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. Failures
 * are answers ({@code Unresolved}), never exceptions.
 */
public interface TlsaResolver {

  /**
   * Which TLSA records a name such as {@code _25._tcp.mx.example.org} has. Aliases are followed.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  TlsaAnswer tlsa(Domain name) throws InterruptedException;

  /**
   * Whether DNSSEC vouches for the alias that a name is, whatever becomes of its target.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  AliasTrust aliasTrust(Domain name) throws InterruptedException;

  /** What is known of an alias. */
  enum AliasTrust {
    /** It is an alias, and a resolver that we trust vouched for that. */
    AUTHENTICATED,
    /** It is none, or nobody vouches for it. */
    UNAUTHENTICATED,
    /** Nobody could tell now. */
    UNRESOLVED
  }
}
