package org.mxrelay.routing;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A host that may take the mail, as found in an MX record or stated by the owner. */
record Exchange(String name, int preference, int port) {

  Route route(InetAddress address, Route.Origin origin) {
    return new Route(name, preference, new InetSocketAddress(address, port), origin);
  }
}
