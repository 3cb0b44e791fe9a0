package org.mxrelay.smtp.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A header of HAProxy's PROXY protocol for TCP.
 *
 * <p>Immutable.
 */
record ProxyHeader(InetSocketAddress source, InetSocketAddress destination) {

  /** The two forms that there are. */
  enum Version {
    V1,
    V2
  }

  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  /** Version 2, command PROXY. */
  private static final byte PROXY = 0x21;

  private static final byte TCP4 = 0x11;
  private static final byte TCP6 = 0x21;

  /**
   * @throws IOException if the addresses are not of one family, which has no header
   */
  byte[] bytes(Version version) throws IOException {
    if (source.getAddress().getClass() != destination.getAddress().getClass()) {
      throw new IOException("PROXY: addresses of two families");
    }
    return version == Version.V1 ? text().getBytes(StandardCharsets.US_ASCII) : binary();
  }

  private String text() {
    return String.join(
            " ",
            "PROXY",
            isIpv4() ? "TCP4" : "TCP6",
            host(source.getAddress()),
            host(destination.getAddress()),
            Integer.toString(source.getPort()),
            Integer.toString(destination.getPort()))
        + "\r\n";
  }

  private byte[] binary() {
    byte[] from = source.getAddress().getAddress();
    byte[] to = destination.getAddress().getAddress();
    int length = from.length + to.length + 4;
    ByteBuffer header = ByteBuffer.allocate(SIGNATURE.length + 4 + length);
    header.put(SIGNATURE).put(PROXY).put(isIpv4() ? TCP4 : TCP6).putShort((short) length);
    header.put(from).put(to);
    header.putShort((short) source.getPort()).putShort((short) destination.getPort());
    return header.array();
  }

  private boolean isIpv4() {
    return destination.getAddress() instanceof Inet4Address;
  }

  /** Without the scope that an IPv6 address may have in Java. */
  private static String host(InetAddress address) {
    String text = address.getHostAddress();
    int scope = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return scope < 0 ? text : text.substring(0, scope);
  }
}
