package org.mxrelay.smtp.jakarta;

import org.mxrelay.routing.Route;

/** The name that TLS asks for. */
final class ExchangeName {

  private ExchangeName() {}

  /** The exchange's name, or its address where it has none. */
  static String of(Route route) {
    String name = route.exchange();
    String address = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    return address.startsWith("IPv6:") ? address.substring(5) : address;
  }
}
