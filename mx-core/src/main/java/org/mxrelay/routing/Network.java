package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.mxrelay.address.IpAddress;

/** A block of addresses that share their first bits, as in {@code 10.0.0.0/8} (RFC 4632, 3.1). */
record Network(InetAddress base, int bits) {

  Network {
    if (bits < 0 || bits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("network " + IpAddress.format(base) + "/" + bits);
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a lone address.
   *
   * @throws IllegalArgumentException if it is neither, or has bits behind its prefix
   */
  static Network of(String text) {
    int slash = text.indexOf('/');
    String head = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> base = IpAddress.find(head).map(IpAddress::unmapped);
    if (base.isEmpty()) {
      throw new IllegalArgumentException("not a network such as 10.0.0.0/8: " + text);
    }
    int all = base.get().getAddress().length * 8;
    Network network = new Network(base.get(), slash < 0 ? all : bits(text, slash, all));
    if (!Arrays.equals(network.masked(base.get()), base.get().getAddress())) {
      throw new IllegalArgumentException("a network with bits behind its prefix: " + text);
    }
    return network;
  }

  boolean contains(InetAddress address) {
    return address.getAddress().length == base.getAddress().length
        && Arrays.equals(masked(address), base.getAddress());
  }

  private byte[] masked(InetAddress address) {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - 8 * i));
      octets[i] &= (byte) (0xff << (8 - kept));
    }
    return octets;
  }

  private static int bits(String text, int slash, int all) {
    String digits = text.substring(slash + 1);
    if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > all) {
      throw new IllegalArgumentException("prefix of a network must be 0 to " + all + ": " + text);
    }
    return Integer.parseInt(digits);
  }
}
