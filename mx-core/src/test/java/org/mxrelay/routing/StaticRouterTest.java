package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.testkit.FakeMxResolver;

class StaticRouterTest {

  private static final StaticRoutes TABLE =
      StaticRoutes.NONE
          .and("example.org", List.of("192.0.2.1"))
          .and(".example.org", List.of("192.0.2.2"))
          .and("*.deep.example.org", List.of("192.0.2.3"))
          .and("*", List.of("192.0.2.4"));

  @ParameterizedTest
  @CsvSource({
    "example.org, 192.0.2.1",
    "a.example.org, 192.0.2.2",
    "a.b.example.org, 192.0.2.2",
    "deep.example.org, 192.0.2.2",
    "a.deep.example.org, 192.0.2.3",
    "notexample.org, 192.0.2.4",
    "org, 192.0.2.4"
  })
  void mostSpecificPattern_holds(String domain, String address) {
    RouteDecision d = Asked.route("", domain, RoutingOptions.STANDARD.withRoutes(TABLE));
    assertEquals("0 [" + address + "] " + address, Asked.text(d));
    assertEquals(Route.Origin.STATIC, d.routes().get(0).origin());
  }

  @Test
  void everybodyPattern_takesLiteralsToo() {
    RouteDecision d = Asked.literal("127.0.0.1", RoutingOptions.STANDARD.withRoutes(TABLE));
    assertEquals("0 [192.0.2.4] 192.0.2.4", Asked.text(d));
  }

  @Test
  void destinationWithoutPattern_isLeftToTheDns() {
    RoutingOptions some =
        RoutingOptions.STANDARD.withRoutes(
            StaticRoutes.NONE.and("a.example", List.of("b.example")));
    assertEquals(
        "0 d.example 192.0.2.9",
        Asked.text(Asked.route("d.example A 192.0.2.9", "d.example", some)));
  }

  /** The owner's word: his order, his ports, no MX, no policy, and no removal of ourselves. */
  @Test
  void hosts_areTriedInTheOrderGiven() {
    FakeMxResolver resolver =
        FakeMxResolver.of(
            """
            relay.example  MX   1 elsewhere.example
            relay.example  A    10.0.0.1
            relay.example  AAAA fd00::1
            d.example      MX SERVFAIL
            """);
    RouteDecision d =
        Asked.route(
            resolver,
            new Domain("d.example"),
            Asked.self("relay.example", "127.0.0.1")
                .withPort(587)
                .withRoutes(
                    StaticRoutes.NONE.and(
                        "d.example",
                        List.of("127.0.0.1:2525", "relay.example", "[IPv6:2001:db8::1]:26"))));
    assertEquals(
        "0 [127.0.0.1] 127.0.0.1, 1 relay.example fd00::1, 1 relay.example 10.0.0.1,"
            + " 2 [IPv6:2001:db8::1] 2001:db8::1",
        Asked.text(d));
    assertEquals(
        List.of(2525, 587, 587, 26), d.routes().stream().map(r -> r.address().getPort()).toList());
    assertEquals(List.of("A+AAAA relay.example"), resolver.asked());
  }

  /** RFC 6761, 6.3. */
  @Test
  void localhost_isLoopbackWithoutAsking() {
    FakeMxResolver resolver = FakeMxResolver.of("localhost A 192.0.2.66");
    RoutingOptions options =
        RoutingOptions.STANDARD.withRoutes(StaticRoutes.NONE.and("*", List.of("localhost:2525")));
    RouteDecision d = Asked.route(resolver, new Domain("d.example"), options);
    assertTrue(
        d.routes().stream().allMatch(r -> r.address().getAddress().isLoopbackAddress()),
        Asked.text(d));
    assertEquals(2, d.routes().size());
    assertEquals(List.of(), resolver.asked());
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example A SERVFAIL, defer 4.4.3 UNRESOLVED",
    "relay.example EXISTS, defer 4.3.5 NO_MAIL_HOST",
    "other.example A 192.0.2.1, defer 4.3.5 NO_MAIL_HOST"
  })
  void ownersMistake_neverFailsMail(String zone, String expected) {
    RoutingOptions options =
        RoutingOptions.STANDARD.withRoutes(StaticRoutes.NONE.and("*", List.of("relay.example")));
    assertEquals(expected, Asked.text(Asked.route(zone, "d.example", options)));
  }

  @Test
  void literalPattern_isAPatternOfItsOwn() throws Exception {
    StaticRoutes routes = StaticRoutes.NONE.and("[192.0.2.9]", List.of("192.0.2.1:26"));
    RouteDecision d =
        Asked.route(
            FakeMxResolver.of(""),
            new AddressLiteral(IpAddress.parse("192.0.2.9")),
            RoutingOptions.STANDARD.withRoutes(routes));
    assertEquals("0 [192.0.2.1] 192.0.2.1", Asked.text(d));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":25",
        "relay.example:0",
        "relay.example:65536",
        "relay.example:",
        "relay.example:x",
        "relay.example:-1",
        "relay.example:1234567",
        "2001:db8::1",
        "[2001:db8::1",
        "[relay.example]",
        "relay example",
        "a..b",
        "user@relay.example",
        "smtp://relay.example"
      })
  void badHost_isRefusedByName(String host) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> StaticRoutes.NONE.and("*", List.of(host)));
    assertTrue(String.valueOf(e.getMessage()).startsWith("route: "), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(host.replaceFirst(":.*", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "*.", "**", "*example.org", "a b", "@example.org", "[nowhere]"})
  void badPattern_isRefusedByName(String pattern) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> StaticRoutes.NONE.and(pattern, List.of("192.0.2.1")));
    assertTrue(String.valueOf(e.getMessage()).startsWith("route: not a pattern"), e.getMessage());
  }

  @Test
  void samePatternTwice_isRefused() {
    for (List<String> twice :
        List.of(
            List.of("*", "*"),
            List.of("a.example", "A.Example."),
            List.of(".a.example", "*.a.example"))) {
      StaticRoutes once = StaticRoutes.NONE.and(twice.get(0), List.of("192.0.2.1"));
      assertThrows(
          IllegalArgumentException.class, () -> once.and(twice.get(1), List.of("192.0.2.1")));
    }
    assertThrows(IllegalArgumentException.class, () -> StaticRoutes.NONE.and("*", List.of()));
  }
}
