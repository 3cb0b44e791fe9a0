package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

class RoutingLimitsTest {

  /** V13: what fits one TCP answer, each name with as many addresses as fit another. */
  @Test
  void hugeMxSet_isBoundedAndKeepsTheLowestPreferences() {
    StringBuilder zone = new StringBuilder();
    for (int i = 3_599; i >= 0; i--) {
      zone.append("d.example MX ").append(i).append(" m").append(i).append(".example\n");
    }
    for (int i = 0; i < 12; i++) {
      for (int n = 0; n < 4_000; n++) {
        zone.append("m").append(i).append(".example A 192.").append(10 + i).append('.');
        zone.append(n / 250).append('.').append(1 + n % 250).append('\n');
      }
      zone.append("m%d.example AAAA 2001:db8::%d\n".formatted(i, i + 1));
    }
    FakeMxResolver resolver = FakeMxResolver.of(zone.toString());
    RouteDecision d =
        assertTimeout(
            Duration.ofSeconds(20),
            () -> Asked.route(resolver, new Domain("d.example"), RoutingOptions.STANDARD));
    assertEquals(20, d.routes().size());
    assertEquals(
        IntStream.range(0, 10).boxed().toList(),
        d.routes().stream().map(Route::preference).distinct().toList());
    assertEquals(10, d.routes().stream().filter(RoutingLimitsTest::isIpv6).count());
    assertEquals(11, resolver.asked().size());
    assertTrue(d.trail().notes().size() <= 101, () -> d.trail().notes().size() + " notes");
  }

  @Test
  void backups_haveRoomBesideABestExchangeOfManyAddresses() {
    StringBuilder zone = new StringBuilder("d.example MX 1 a.example\nd.example MX 2 b.example\n");
    for (int i = 1; i <= 50; i++) {
      zone.append("a.example AAAA 2001:db8::%d\n".formatted(i));
    }
    zone.append("b.example A 192.0.2.1\n");
    RouteDecision d = Asked.route(zone.toString(), "d.example");
    assertEquals(20, d.routes().size());
    assertEquals("b.example", d.routes().get(19).exchange());
    assertTrue(
        d.trail()
            .notes()
            .contains(
                new RouteNote(
                    RouteNote.Kind.CAPPED,
                    "a.example",
                    "",
                    "31 more addresses, beyond the cap of 20")));
  }

  @Test
  void budget_endsTheSearchAndKeepsWhatWasFound() {
    StringBuilder zone = new StringBuilder();
    for (int i = 1; i <= 9; i++) {
      zone.append("d.example MX %d m%d.example\nm%d.example A 192.0.2.%d\n".formatted(i, i, i, i));
    }
    ManualClock clock = ManualClock.at(Asked.START);
    FakeMxResolver slow =
        FakeMxResolver.of(zone.toString(), clock)
            .beforeAnswer(() -> clock.advance(Duration.ofSeconds(8)));
    Router router = Router.of(slow, RoutingOptions.STANDARD, clock, new SplittableRandom(1));
    RouteDecision d = Asked.route(router, new Domain("d.example"));
    assertEquals(List.of(1, 2, 3), d.routes().stream().map(Route::preference).toList());
    assertEquals(4, slow.asked().size());
    assertEquals(
        6, d.trail().notes().stream().filter(n -> n.kind() == RouteNote.Kind.CAPPED).count());
    assertEquals(Asked.START, d.trail().validUntil());
  }

  @Test
  void budgetSpentOnTheMxRecords_defers() {
    ManualClock clock = ManualClock.at(Asked.START);
    FakeMxResolver slow =
        FakeMxResolver.of("d.example A 192.0.2.1", clock)
            .beforeAnswer(() -> clock.advance(Duration.ofSeconds(31)));
    Router router = Router.of(slow, RoutingOptions.STANDARD, clock, new SplittableRandom(1));
    RouteDecision d = Asked.route(router, new Domain("d.example"));
    assertEquals("defer 4.4.3 UNRESOLVED", Asked.text(d));
  }

  @Test
  void limits_areOnesOwn() {
    String zone =
        """
        d.example MX 1 a.example
        d.example MX 2 b.example
        a.example A 192.0.2.1
        a.example A 192.0.2.2
        b.example A 192.0.2.3
        """;
    RoutingLimits one = RoutingLimits.STANDARD.withExchanges(1).withAddresses(1).withQueries(3);
    RouteDecision d = Asked.route(zone, "d.example", RoutingOptions.STANDARD.withLimits(one));
    assertEquals("1 a.example 192.0.2.1", Asked.text(d));
  }

  /** One query for the MX records, two for the addresses of each exchange. */
  @ParameterizedTest
  @CsvSource({"3, 1", "4, 1", "5, 2", "6, 2", "7, 3"})
  void queries_areCountedExactly(int limit, int exchanges) {
    StringBuilder zone = new StringBuilder();
    for (int i = 1; i <= 4; i++) {
      zone.append("d.example MX %d m%d.example\nm%d.example A 192.0.2.%d\n".formatted(i, i, i, i));
    }
    RoutingLimits few = RoutingLimits.STANDARD.withQueries(limit);
    RouteDecision d =
        Asked.route(zone.toString(), "d.example", RoutingOptions.STANDARD.withLimits(few));
    assertEquals(exchanges, d.routes().size());
  }

  @Test
  void limitsOutOfRange_areRefusedByName() {
    RoutingLimits l = RoutingLimits.STANDARD;
    assertEquals("exchanges must be at least 1: 0", message(() -> l.withExchanges(0)));
    assertEquals("addresses must be at least 1: -1", message(() -> l.withAddresses(-1)));
    assertEquals("queries must be at least 3: 2", message(() -> l.withQueries(2)));
    assertEquals("budget must be more than zero: PT0S", message(() -> l.withBudget(Duration.ZERO)));
    assertEquals(
        "port must be 1 to 65535: 65536", message(() -> RoutingOptions.STANDARD.withPort(65_536)));
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, e).getMessage());
  }

  private static boolean isIpv6(Route r) {
    return r.address().getAddress() instanceof Inet6Address;
  }
}
