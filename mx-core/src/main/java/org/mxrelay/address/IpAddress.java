package org.mxrelay.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Reads and writes addresses as text, strictly and without ever asking the DNS.
 *
 * <p>{@link InetAddress#getByName} looks up whatever is not an address, and takes {@code 127.1} and
 * {@code 0177.0.0.1} for addresses: text of strangers must not reach it.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class IpAddress {

  private IpAddress() {}

  /**
   * Reads {@code 192.0.2.1} or {@code 2001:db8::1}. An IPv4 address has four decimal numbers
   * without leading zeros. An IPv6 address has no scope; {@code ::ffff:192.0.2.1} stays an IPv6
   * address of 16 octets.
   *
   * @throws InvalidAddressException if it is neither
   */
  public static InetAddress parse(String text) {
    return text.indexOf(':') >= 0 ? of(Ipv6Text.parse(text)) : of(Ipv4Text.parse(text));
  }

  /**
   * Reads an address as owners write it in options: as {@link #parse} does, or in square brackets,
   * there with or without the tag {@code IPv6:}.
   *
   * @return nothing if it is none, as every host name is none
   */
  public static Optional<InetAddress> find(String text) {
    try {
      return Optional.of(parse(bare(text)));
    } catch (InvalidAddressException e) {
      return Optional.empty();
    }
  }

  private static String bare(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return text;
    }
    String tag = AddressLiteral.IPV6_TAG;
    int from = text.regionMatches(true, 1, tag, 0, tag.length()) ? 1 + tag.length() : 1;
    String bare = text.substring(from, text.length() - 1);
    // RFC 5321, 4.1.3: the tag promises an IPv6 address.
    return from > 1 && bare.indexOf(':') < 0 ? text : bare;
  }

  /**
   * The address to which a connection would go: the IPv4 address where an IPv6 address only maps
   * one (RFC 4291, 2.5.5.2), and no host name.
   */
  public static InetAddress unmapped(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of no known length", e);
    }
  }

  /**
   * The canonical text: {@code 192.0.2.1}, {@code 2001:db8::1} (RFC 5952), {@code
   * ::ffff:192.0.2.1}. Without a scope, whether the address has one or not.
   */
  public static String format(InetAddress address) {
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address ? Ipv4Text.format(octets) : Ipv6Text.format(octets);
  }

  /**
   * The bare address of 4 or 16 octets: no host name, no scope; 16 octets are an IPv6 address even
   * where they map an IPv4 address.
   *
   * @throws InvalidAddressException if there are more or fewer octets
   */
  public static InetAddress of(byte[] octets) {
    try {
      // InetAddress.getByAddress would make an Inet4Address of ::ffff:192.0.2.1, and so another
      // text on the wire than the one that the recipient's host is to recognise as its own.
      return octets.length == 4
          ? InetAddress.getByAddress(octets)
          : Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException e) {
      throw new InvalidAddressException(
          octets.length + " octets", "not an address of 4 or 16 octets");
    }
  }
}
