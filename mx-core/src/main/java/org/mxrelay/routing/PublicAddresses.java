package org.mxrelay.routing;

import static org.mxrelay.routing.AddressPolicy.Lasting.HERE;
import static org.mxrelay.routing.AddressPolicy.Lasting.NOWHERE;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.IpAddress;

/**
 * Refuses what is not public, apart from the networks that the owner opened. A zone of a stranger's
 * must not make us connect to hosts inside.
 */
record PublicAddresses(List<Network> opened) implements SteadyPolicy {

  /** The first row that holds the address decides. */
  private static final List<Row> ROWS =
      List.of(
          row("0.0.0.0/32", "unspecified", NOWHERE),
          row("0.0.0.0/8", "this network", HERE),
          row("127.0.0.0/8", "loopback", NOWHERE),
          row("10.0.0.0/8", "private", HERE),
          row("172.16.0.0/12", "private", HERE),
          row("192.168.0.0/16", "private", HERE),
          row("169.254.0.0/16", "link-local", HERE),
          row("100.64.0.0/10", "carrier-grade NAT", HERE),
          row("192.0.0.0/24", "reserved", HERE),
          row("198.18.0.0/15", "benchmarking", HERE),
          row("224.0.0.0/4", "multicast", NOWHERE),
          row("240.0.0.0/4", "reserved", HERE),
          row("::/128", "unspecified", NOWHERE),
          row("::1/128", "loopback", NOWHERE),
          row("::/96", "reserved", HERE),
          row("64:ff9b:1::/48", "private", HERE),
          row("100::/64", "reserved", HERE),
          row("fc00::/7", "private", HERE),
          row("fe80::/10", "link-local", HERE),
          row("fec0::/10", "private", HERE),
          row("ff00::/8", "multicast", NOWHERE));

  /** Where an IPv6 address carries an IPv4 address, and from which octet on. */
  private static final List<Carrier> CARRIERS =
      List.of(
          new Carrier(mapped(), 12), // RFC 4291, 2.5.5.2: IPv4-mapped
          new Carrier(Network.of("64:ff9b::/96"), 12), // RFC 6052, 2.1: NAT64
          new Carrier(Network.of("2002::/16"), 2)); // RFC 3056, 2: 6to4

  PublicAddresses {
    opened = List.copyOf(opened);
  }

  @Override
  public Optional<Refusal> check(InetAddress address) {
    if (opened.stream().anyMatch(n -> n.contains(address))) {
      return Optional.empty();
    }
    for (Carrier carrier : CARRIERS) {
      if (carrier.network().contains(address)) {
        return check(carrier.carried(address));
      }
    }
    return ROWS.stream().filter(r -> r.network().contains(address)).map(Row::refusal).findFirst();
  }

  private static Row row(String network, String why, Lasting lasting) {
    return new Row(Network.of(network), new Refusal(why, lasting));
  }

  private record Row(Network network, Refusal refusal) {}

  private record Carrier(Network network, int from) {
    InetAddress carried(InetAddress address) {
      return IpAddress.of(Arrays.copyOfRange(address.getAddress(), from, from + 4));
    }
  }

  /** {@code ::ffff:0:0/96}, which the JDK reads as an IPv4 address unless it is told not to. */
  private static Network mapped() {
    return new Network(IpAddress.parse("::ffff:0.0.0.0"), 96);
  }
}
