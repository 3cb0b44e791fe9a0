package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which addresses may be connected to. Asked of every address that the caller did not
 * configure himself: of those from the DNS and of address literals, not of static routes.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be; it answers
 * without blocking.
 */
@FunctionalInterface
public interface AddressPolicy {

  /** Why the address is refused, in a word or two ({@code loopback}); nothing if it may be used. */
  Optional<Refusal> check(InetAddress address);

  /**
   * Refuses every address that is not public: loopback, unspecified, 0/8, private, link-local,
   * carrier-grade NAT, benchmarking, multicast and reserved ones, and IPv6 addresses that carry one
   * of those (IPv4-mapped, NAT64, 6to4). The ranges for documentation are not refused. The default.
   */
  static AddressPolicy publicOnly() {
    return new PublicAddresses(List.of());
  }

  /**
   * Refuses what {@link #publicOnly} refuses, but for these networks.
   *
   * @param networks in the form {@code 10.0.0.0/8}, {@code fd00::/8} or {@code 10.1.2.3}
   * @throws IllegalArgumentException if one is not a network, naming it
   */
  static AddressPolicy publicAnd(String... networks) {
    return new PublicAddresses(Stream.of(networks).map(Network::of).toList());
  }

  /** Allows every address: for tests and for private networks. */
  static AddressPolicy allowAll() {
    return new SteadyPolicy.Any();
  }

  /**
   * A refusal.
   *
   * @param why a word or two: {@code loopback}, {@code private}, {@code link-local}
   * @param lasting whether mail could never be delivered to such an address, anywhere
   */
  record Refusal(String why, Lasting lasting) {}

  /** Whether a refusal would be right for everybody or only for us. */
  enum Lasting {
    /** Loopback, unspecified, multicast: no mail host of anybody's. */
    NOWHERE,
    /** Private and the like: somebody's mail host, not to be reached from here by default. */
    HERE
  }
}
