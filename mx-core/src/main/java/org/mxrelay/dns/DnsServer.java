package org.mxrelay.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server to ask. Immutable.
 *
 * @param address where it listens; resolved
 * @param adTrusted whether its word that DNSSEC authenticated an answer is believed
 */
record DnsServer(InetSocketAddress address, boolean adTrusted) {

  private static final int USUAL_PORT = 53;

  DnsServer {
    if (address.isUnresolved() || address.getPort() == 0) {
      throw new IllegalArgumentException("server must be an address and a port: " + address);
    }
  }

  boolean isLoopback() {
    return address.getAddress().isLoopbackAddress();
  }

  @Override
  public String toString() {
    InetAddress host = address.getAddress();
    String text = host.getHostAddress();
    if (address.getPort() == USUAL_PORT) {
      return text;
    }
    return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + address.getPort();
  }
}
