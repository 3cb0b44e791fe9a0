package org.mxrelay.tls;

import java.util.List;

/**
 * The domain whose exchanges are looked at.
 *
 * @param names those that a certificate may have beside the exchange's own; none unless DNSSEC
 *     vouches for the way from the domain to its exchanges (RFC 7672, 3.2.2)
 * @param vouching whether DNSSEC vouches for it
 */
record NextHop(List<String> names, Vouching vouching) {

  /** Nothing is known. */
  static final NextHop UNAUTHENTICATED = new NextHop(List.of(), Vouching.NOBODY);

  NextHop {
    names = List.copyOf(names);
  }
}
