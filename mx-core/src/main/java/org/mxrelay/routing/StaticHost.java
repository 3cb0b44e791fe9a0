package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.Optional;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.IpAddress;

/**
 * A host that the owner named: {@code name}, {@code 192.0.2.1} or {@code [2001:db8::1]}, each with
 * or without {@code :port}.
 *
 * @param name the host's name, or the address in brackets
 * @param address where the owner gave one
 * @param port 0 if the owner gave none
 */
record StaticHost(String name, Optional<InetAddress> address, int port) {

  /**
   * @throws IllegalArgumentException if it is not a host, naming it
   */
  static StaticHost parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String host = hasPort ? text.substring(0, colon) : text;
    int port = hasPort ? port(text.substring(colon + 1), text) : 0;
    Optional<InetAddress> address = IpAddress.find(host).map(IpAddress::unmapped);
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      throw new IllegalArgumentException("route: an IPv6 address must stand in brackets: " + text);
    }
    String name = address.map(a -> new AddressLiteral(a).toString()).orElseGet(() -> name(host));
    return new StaticHost(name, address, port);
  }

  Exchange exchange(int preference, int defaultPort) {
    return new Exchange(name, preference, port == 0 ? defaultPort : port);
  }

  private static String name(String host) {
    try {
      return Domain.of(host).name();
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException("route: not a host: " + e.getMessage(), e);
    }
  }

  private static int port(String digits, String text) {
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("route: the port must be 1 to 65535: " + text);
    }
    return port;
  }
}
