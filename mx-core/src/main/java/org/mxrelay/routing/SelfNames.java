package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.IpAddress;

/**
 * Who we are: the names and addresses under which mail would come back to us (RFC 5321, 5.1).
 * Exactly what the owner says, never the list of network interfaces: behind a proxy or a NAT that
 * list says nothing, and on a shared host too much.
 *
 * <p>Immutable.
 *
 * @param names our host names
 * @param addresses our addresses, the public ones of a proxy or a NAT included
 */
public record SelfNames(Set<Domain> names, Set<InetAddress> addresses) {

  /** Nobody is ourselves. */
  public static final SelfNames NONE = new SelfNames(Set.of(), Set.of());

  public SelfNames {
    names = Set.copyOf(names);
    addresses = addresses.stream().map(IpAddress::unmapped).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads names such as {@code mx2.example.org} and addresses such as {@code 192.0.2.1}, {@code
   * 2001:db8::1} or {@code [192.0.2.1]}.
   *
   * @throws IllegalArgumentException if one is neither, naming it
   */
  public static SelfNames of(List<String> namesAndAddresses) {
    Set<Domain> names = new HashSet<>();
    Set<InetAddress> addresses = new HashSet<>();
    for (String text : namesAndAddresses) {
      Optional<InetAddress> address = IpAddress.find(text);
      if (address.isPresent()) {
        addresses.add(address.get());
      } else {
        names.add(name(text));
      }
    }
    return new SelfNames(names, addresses);
  }

  /** Whether a host of that name is ourselves. */
  public boolean includes(Domain host) {
    return names.contains(host);
  }

  /** Whether a host at that address is ourselves. */
  public boolean includes(InetAddress address) {
    return addresses.contains(IpAddress.unmapped(address));
  }

  private static Domain name(String text) {
    try {
      return Domain.of(text);
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException(
          "self must be a host name or an address: " + e.getMessage(), e);
    }
  }
}
