package org.mxrelay.routing;

import java.net.InetSocketAddress;

/**
 * One exchange at one address: what a connection is made to.
 *
 * <p>Immutable.
 *
 * @param exchange the exchange's name (A-labels, lower case, no final dot), or the address in
 *     brackets where there is no name; the name for SNI and certificates
 * @param preference of the MX record; 0 for an implicit MX or a literal; for a static route the
 *     place of the host in the owner's list, from 0
 * @param address the checked address and port, resolved; the connection uses this one and no other
 * @param origin how the route was found
 */
public record Route(String exchange, int preference, InetSocketAddress address, Origin origin) {

  /**
   * @throws IllegalArgumentException if the address is not resolved
   */
  public Route {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("a route to an unresolved address: " + address);
    }
  }

  /** How a route was found. */
  public enum Origin {
    /** From an MX record. */
    MX,
    /** From the domain's own addresses, there being no MX record (RFC 5321, 5.1). */
    IMPLICIT_MX,
    /** From an address literal in the recipient's address. */
    LITERAL,
    /** From the caller's configuration: a static route or a smart host. */
    STATIC
  }
}
