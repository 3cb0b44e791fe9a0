package org.mxrelay.routing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which the addresses of ordered exchanges are tried, and which of them are left out
 * where there are too many.
 */
final class AddressOrder {

  private AddressOrder() {}

  /** An address of an exchange. */
  record Spot(Exchange exchange, InetAddress address) {
    boolean isIpv6() {
      return address instanceof Inet6Address;
    }
  }

  /**
   * The spots to try: by preference, and within a preference IPv6 and IPv4 in turn, beginning with
   * the first exchange.
   *
   * @param usable in their order, each with at least one address
   * @param cap how many at most
   */
  static List<Spot> of(List<Finding> usable, int cap) {
    Set<Spot> kept = kept(usable, cap);
    TreeMap<Integer, List<List<Spot>>> groups = new TreeMap<>();
    for (Finding f : usable) {
      List<Spot> spots = spots(f).stream().filter(kept::contains).toList();
      groups.computeIfAbsent(f.preference(), p -> new ArrayList<>()).add(spots);
    }
    List<Spot> ordered = new ArrayList<>();
    groups.values().forEach(exchanges -> ordered.addAll(interleaved(exchanges)));
    return ordered;
  }

  /**
   * Shares the cap among the exchanges, one address each in turn, so that a best exchange of many
   * addresses leaves room for the others. Every other exchange begins with its IPv4 addresses, so
   * that the smallest cap still holds both families.
   */
  private static Set<Spot> kept(List<Finding> usable, int cap) {
    List<List<Spot>> offers = new ArrayList<>();
    for (Finding f : usable) {
      offers.add(alternate(spots(f), offers.size() % 2 == 0));
    }
    List<Spot> shared = byRank(offers);
    return new HashSet<>(shared.subList(0, Math.min(cap, shared.size())));
  }

  private static List<Spot> interleaved(List<List<Spot>> exchanges) {
    List<List<Spot>> filled = exchanges.stream().filter(e -> !e.isEmpty()).toList();
    if (filled.isEmpty()) {
      return List.of();
    }
    // Whoever the shuffle put first is tried first, even if it alone has no IPv6 address.
    boolean ipv6First = filled.get(0).stream().anyMatch(Spot::isIpv6);
    return alternate(byRank(filled), ipv6First);
  }

  /** IPv6 and IPv4 in turn, each family in its own order. */
  private static List<Spot> alternate(List<Spot> spots, boolean ipv6First) {
    List<Spot> first = spots.stream().filter(s -> s.isIpv6() == ipv6First).toList();
    List<Spot> second = spots.stream().filter(s -> s.isIpv6() != ipv6First).toList();
    return byRank(List.of(first, second));
  }

  /** The first of each list, then the second of each, and so on. */
  private static List<Spot> byRank(List<List<Spot>> lists) {
    List<Spot> all = new ArrayList<>();
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    for (int rank = 0; rank < longest; rank++) {
      for (List<Spot> list : lists) {
        if (rank < list.size()) {
          all.add(list.get(rank));
        }
      }
    }
    return all;
  }

  private static List<Spot> spots(Finding f) {
    return f.addresses().stream().map(a -> new Spot(f.exchange(), a)).toList();
  }
}
