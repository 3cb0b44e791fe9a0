package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.List;

/**
 * What became of an exchange.
 *
 * @param addresses those that may be used, in the order of the answer; none unless {@code USABLE}
 * @param why in words
 */
record Finding(Exchange exchange, Fate fate, List<InetAddress> addresses, String why) {

  Finding {
    addresses = List.copyOf(addresses);
  }

  static Finding without(Exchange exchange, Fate fate, String why) {
    return new Finding(exchange, fate, List.of(), why);
  }

  static Finding usable(Exchange exchange, List<InetAddress> addresses) {
    return new Finding(exchange, Fate.USABLE, addresses, "");
  }

  boolean is(Fate one) {
    return fate == one;
  }

  int preference() {
    return exchange.preference();
  }

  /** What may become of an exchange. */
  enum Fate {
    USABLE,
    /** Ourselves, or not better than ourselves. */
    SELF,
    /** Nobody could tell now. */
    UNRESOLVED,
    /** Not looked at: a limit was reached. */
    CAPPED,
    NO_SUCH_HOST,
    NO_ADDRESS,
    /** Every address was refused, and one at least might be somebody's mail host. */
    REFUSED_HERE,
    /** Every address was refused, and none is anybody's mail host. */
    REFUSED_NOWHERE;

    /** Whether the DNS itself said that there is no such exchange. */
    boolean isNonexistent() {
      return this == NO_SUCH_HOST || this == NO_ADDRESS;
    }
  }
}
