package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.routing.AddressOrder.Spot;

class AddressOrderTest {

  /**
   * An exchange is written {@code preference:families}; its n-th address of a family comes out as
   * {@code exchange:family:n}.
   */
  @ParameterizedTest(name = "{0} cap {1}")
  @CsvSource({
    // within an exchange
    "10:4, 20, a4",
    "10:6, 20, a6",
    "10:46, 20, a6 a4",
    "10:44466, 20, a6 a4 a6' a4' a4''",
    "10:66664, 20, a6 a4 a6' a6'' a6'''",
    // among equals: each exchange's first, families in turn, beginning with the first exchange
    "10:46 10:46, 20, a6 a4 b6 b4",
    "10:4 10:46, 20, a4 b6 b4",
    "10:4 10:6, 20, a4 b6",
    "10:6 10:4 10:6, 20, a6 b4 c6",
    "10:4466 10:4466, 20, a6 a4 b6 b4 a6' a4' b6' b4'",
    // preferences are never mixed
    "10:4 20:6, 20, a4 b6",
    "10:44 20:66, 20, a4 a4' b6 b6'",
    "10:46 20:46 30:46, 20, a6 a4 b6 b4 c6 c4",
    // T-DNS-9: the cap falls on the ordered list, and leaves both families and the backups
    "10:66664, 2, a6 a4",
    "10:44446, 2, a6 a4",
    "10:46 10:46, 2, a6 b4",
    "10:66666 20:4, 3, a6 a6' b4",
    "10:46 20:46 30:46, 3, a6 b4 c6",
    "10:46 20:46 30:46, 5, a6 a4 b6 b4 c6",
    "10:46 20:46 30:46, 1, a6"
  })
  void addresses_takeTheirOrder(String exchanges, int cap, String expected) throws Exception {
    assertEquals(expected, text(AddressOrder.of(findings(exchanges), cap)));
  }

  @Test
  void noExchange_givesNothing() {
    assertEquals(List.of(), AddressOrder.of(List.of(), 20));
  }

  @Test
  void anyExchanges_giveAnOrderedSelectionWithinTheCap() throws Exception {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int cap = 1 + random.nextInt(30);
      List<Finding> findings = findings(randomExchanges(random));
      List<Spot> spots = AddressOrder.of(findings, cap);
      List<Spot> all =
          findings.stream()
              .flatMap(f -> f.addresses().stream().map(a -> new Spot(f.exchange(), a)))
              .toList();
      String run = "seed " + seed;
      assertEquals(Math.min(cap, all.size()), spots.size(), run);
      assertEquals(spots.size(), spots.stream().distinct().count(), run);
      assertTrue(all.containsAll(spots), run);
      List<Integer> preferences = spots.stream().map(s -> s.exchange().preference()).toList();
      assertEquals(preferences.stream().sorted().toList(), preferences, run);
      if (cap >= findings.size()) {
        assertEquals(
            findings.stream().map(Finding::exchange).collect(Collectors.toSet()),
            spots.stream().map(Spot::exchange).collect(Collectors.toSet()),
            run);
      }
    }
  }

  private static String randomExchanges(SplittableRandom random) {
    return IntStream.rangeClosed(1, 1 + random.nextInt(6))
        .mapToObj(
            i ->
                10 * (1 + i / 2)
                    + ":"
                    + random
                        .ints(1 + random.nextInt(9), 0, 2)
                        .mapToObj(f -> f == 0 ? "4" : "6")
                        .collect(Collectors.joining()))
        .collect(Collectors.joining(" "));
  }

  private static List<Finding> findings(String text) throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (String exchange : text.split(" ")) {
      String[] parts = exchange.split(":");
      String name = String.valueOf((char) ('a' + findings.size()));
      List<InetAddress> addresses = new ArrayList<>();
      for (char family : parts[1].toCharArray()) {
        int n = addresses.size() + 1;
        String host = (findings.size() + 1) + (family == '6' ? ":" : ".") + n;
        addresses.add(
            InetAddress.getByName(family == '6' ? "2001:db8:0:0:0:0:" + host : "192.0." + host));
      }
      findings.add(Finding.usable(new Exchange(name, Integer.parseInt(parts[0]), 25), addresses));
    }
    return findings;
  }

  private static String text(List<Spot> spots) {
    List<String> words = new ArrayList<>();
    for (Spot s : spots) {
      String word = s.exchange().name() + (s.isIpv6() ? "6" : "4");
      long before = Stream.of(words.toArray()).filter(w -> w.toString().startsWith(word)).count();
      words.add(word + "'".repeat((int) before));
    }
    return String.join(" ", words);
  }
}
