package org.mxrelay.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxrelay.address.IpAddress;
import org.mxrelay.routing.AddressPolicy;

/** Whether several exchanges really are in several places. */
final class NetworkRule implements AuditRule {

  private static final AddressPolicy PUBLIC = AddressPolicy.publicOnly();
  private static final int V4_OCTETS = 3; // a /24, the least that is routed on its own
  private static final int V6_OCTETS = 6; // a /48, what a site is given

  @Override
  public List<Finding> judge(MxPicture picture) {
    // Addresses that are not public are a fault of their own, and say nothing of places.
    List<ExchangePicture> reachable =
        picture.named().stream()
            .filter(e -> !e.addresses().isEmpty())
            .filter(e -> e.addresses().stream().allMatch(a -> PUBLIC.check(a).isEmpty()))
            .toList();
    if (reachable.size() < 2 || picture.provider().isPresent()) {
      return List.of();
    }
    String domain = picture.domain().name();
    Set<Set<InetAddress>> sets =
        reachable.stream().map(e -> bare(e.addresses())).collect(Collectors.toSet());
    if (sets.size() == 1) {
      return List.of(sameAddress(domain, reachable));
    }
    Set<String> networks = networks(reachable);
    return networks.size() == families(reachable) && isComparable(reachable)
        ? List.of(sameNetwork(domain, networks))
        : List.of(Finding.ok("networks", domain, "The exchanges stand in more than one network."));
  }

  private static Finding sameAddress(String domain, List<ExchangePicture> exchanges) {
    return Finding.warning(
        "same-address",
        domain,
        "All exchanges have the same address: "
            + names(exchanges)
            + ". They are one host under several names, and fail together.",
        "Keep one record, or put the others on hosts of their own.");
  }

  private static Finding sameNetwork(String domain, Set<String> networks) {
    return Finding.warning(
        "same-network",
        domain,
        "All exchanges stand in one network ("
            + String.join(", ", networks)
            + "): one broken line, one power cut or one entry in a blocklist stops them all.",
        "Put one of them into another network, best into another place; or keep a single exchange,"
            + " since this second one adds little.");
  }

  private static String names(List<ExchangePicture> exchanges) {
    return exchanges.stream().map(e -> e.name().name()).collect(Collectors.joining(", "));
  }

  /** Addresses know their host's name, which must not make them differ. */
  private static Set<InetAddress> bare(List<InetAddress> addresses) {
    Set<InetAddress> bare = new HashSet<>();
    addresses.forEach(a -> bare.add(IpAddress.unmapped(a)));
    return bare;
  }

  private static Set<String> networks(List<ExchangePicture> exchanges) {
    return exchanges.stream()
        .flatMap(e -> e.addresses().stream())
        .map(NetworkRule::network)
        .sorted()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static long families(List<ExchangePicture> exchanges) {
    return exchanges.stream()
        .flatMap(e -> e.addresses().stream())
        .map(a -> a instanceof Inet4Address)
        .distinct()
        .count();
  }

  /** Whether all have addresses of one family: others say nothing of where hosts stand. */
  private static boolean isComparable(List<ExchangePicture> exchanges) {
    return Stream.of(true, false)
        .anyMatch(
            v4 ->
                exchanges.stream()
                    .allMatch(
                        e ->
                            e.addresses().stream().anyMatch(a -> a instanceof Inet4Address == v4)));
  }

  private static String network(InetAddress address) {
    byte[] octets = address.getAddress();
    int kept = octets.length == 4 ? V4_OCTETS : V6_OCTETS;
    for (int i = kept; i < octets.length; i++) {
      octets[i] = 0;
    }
    return IpAddress.format(IpAddress.of(octets)) + "/" + kept * 8;
  }
}
