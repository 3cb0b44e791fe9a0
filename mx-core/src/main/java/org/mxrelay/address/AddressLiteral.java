package org.mxrelay.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.function.Function;

/**
 * An address given outright in place of a domain (RFC 5321, 4.1.3).
 *
 * <p>{@code [IPv6:::ffff:192.0.2.1]} stays the IPv6 address that it is written as, and is not equal
 * to {@code [192.0.2.1]}: what stands on the wire is for the recipient's host to recognise.
 *
 * <p>Immutable.
 *
 * @param address the address; never carries a host name or a scope
 */
public record AddressLiteral(InetAddress address) implements Destination {

  static final String IPV6_TAG = "IPv6:";

  /**
   * Takes the bare address; a host name that comes with it is dropped.
   *
   * @throws InvalidAddressException if the address has a scope, which no other host could know
   */
  public AddressLiteral {
    if (address instanceof Inet6Address six && six.getScopeId() != 0) {
      throw new InvalidAddressException(address.getHostAddress(), "an address with a scope");
    }
    address = IpAddress.of(address.getAddress());
  }

  /**
   * Reads {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}, without asking the DNS.
   *
   * @throws InvalidAddressException if it is neither
   */
  public static AddressLiteral parse(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new InvalidAddressException(text, "not an address literal in square brackets");
    }
    String content = text.substring(1, text.length() - 1);
    try {
      return new AddressLiteral(addressOf(text, content));
    } catch (InvalidAddressException e) {
      throw new InvalidAddressException(text, e.why());
    }
  }

  private static InetAddress addressOf(String text, String content) {
    if (content.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length())) {
      return IpAddress.of(Ipv6Text.parse(content.substring(IPV6_TAG.length())));
    }
    if (content.indexOf(':') >= 0) {
      throw new InvalidAddressException(text, "an IPv6 address is written [IPv6:2001:db8::1]");
    }
    return IpAddress.of(Ipv4Text.parse(content));
  }

  @Override
  public <T> T fold(
      Function<? super Domain, ? extends T> domain,
      Function<? super AddressLiteral, ? extends T> literal) {
    return literal.apply(this);
  }

  /** {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}, the address as RFC 5952 writes it. */
  @Override
  public String toString() {
    String text = IpAddress.format(address);
    return address instanceof Inet6Address ? "[" + IPV6_TAG + text + "]" : "[" + text + "]";
  }
}
