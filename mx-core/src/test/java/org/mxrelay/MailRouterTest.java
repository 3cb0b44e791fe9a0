package org.mxrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

class MailRouterTest {

  private static final String ZONE =
      """
      example.org      MX  20 mx2.example.org
      example.org      MX  10 mx1.example.org
      mx1.example.org  A   192.0.2.1
      mx2.example.org  A   10.0.0.2
      relay.example    A   192.0.2.3
      """;

  @Test
  void domainAsText_isRouted() throws Exception {
    try (MailRouter router = MailRouter.builder().resolver(FakeMxResolver.of(ZONE)).build()) {
      List<Route> routes = router.route("Example.ORG.").routes();
      assertEquals(List.of("mx1.example.org"), routes.stream().map(Route::exchange).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "ann@example.org",
        "exam ple.org",
        "a\nb",
        "-",
        "[x]",
        "192.0.2.1"
      })
  void textThatIsNoDomain_failsWith5_1_3(String text) throws Exception {
    FakeMxResolver resolver = FakeMxResolver.of(ZONE);
    try (MailRouter router = MailRouter.builder().resolver(resolver).build()) {
      RouteDecision.Fail fail = (RouteDecision.Fail) router.route(text);
      assertEquals("5.1.3", fail.status().toString());
      assertEquals(RouteDecision.Reason.INVALID_DOMAIN, fail.reason());
      assertEquals(List.of(), resolver.asked());
    }
  }

  @Test
  void serveStale_routesByTheLastAnswerWhileTheDnsFails() throws Exception {
    ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    try (ScriptedDnsServer dns =
            ScriptedDnsServer.start(
                "example.org. 60 MX 10 mx.example.org.\nmx.example.org. 60 A 192.0.2.1\n");
        MailRouter patient =
            MailRouter.builder()
                .dns(dns.address())
                .serveStale(Duration.ofHours(1))
                .clock(clock)
                .build();
        MailRouter strict = MailRouter.builder().dns(dns.address()).clock(clock).build()) {
      assertEquals(1, patient.route("example.org").routes().size());
      assertEquals(1, strict.route("example.org").routes().size());
      dns.fault("*", "*", Fault.refused());
      clock.advance(Duration.ofMinutes(30));
      RouteDecision stale = patient.route("example.org");
      assertEquals(1, stale.routes().size());
      assertTrue(stale.explain().toString().contains("past its time"), stale.explain()::toString);
      assertEquals(0, strict.route("example.org").routes().size());
      clock.advance(Duration.ofHours(1));
      assertEquals(0, patient.route("example.org").routes().size());
    }
  }

  @Test
  void serveStale_isRefusedOutOfItsRangeOrForAResolverOfTheCallers() {
    MailRouter.Builder builder = MailRouter.builder();
    assertThrows(
        IllegalArgumentException.class, () -> builder.serveStale(Duration.ofDays(7).plusNanos(1)));
    builder.serveStale(Duration.ofDays(7)).resolver(FakeMxResolver.of(ZONE));
    Executable build = builder::build;
    assertTrue(
        assertThrows(IllegalArgumentException.class, build).getMessage().contains("serveStale"));
  }

  @Test
  void options_reachTheRouting() throws Exception {
    try (MailRouter router =
        MailRouter.builder()
            .resolver(FakeMxResolver.of(ZONE))
            .self("mx2.example.org")
            .self("192.0.2.77")
            .addressPolicy(AddressPolicy.allowAll())
            .port(2525)
            .route("*.internal.example", "127.0.0.1:26")
            .smartHost("relay.example")
            .random(new SplittableRandom(1))
            .build()) {
      assertEquals("relay.example", router.route("example.org").routes().get(0).exchange());
      Route internal = router.route("a.internal.example").routes().get(0);
      assertEquals(26, internal.address().getPort());
    }
    try (MailRouter router =
        MailRouter.builder()
            .resolver(FakeMxResolver.of(ZONE))
            .addressPolicy(AddressPolicy.publicAnd("10.0.0.0/8"))
            .port(2525)
            .maxAddresses(1)
            .maxExchanges(1)
            .maxQueries(5)
            .budget(Duration.ofSeconds(5))
            .self("mx2.example.org")
            .build()) {
      RouteDecision d = router.route("example.org");
      assertEquals(1, d.routes().size());
      assertEquals(2525, d.routes().get(0).address().getPort());
      assertTrue(d.explain().contains("self: mx2.example.org: is ourselves"), "" + d.explain());
    }
  }

  @Test
  void badOptions_areRefusedByNameAndValue() {
    MailRouter.Builder b = MailRouter.builder();
    assertEquals("port must be 1 to 65535: 0", message(() -> b.port(0)));
    assertEquals("exchanges must be at least 1: 0", message(() -> b.maxExchanges(0)));
    assertEquals("addresses must be at least 1: 0", message(() -> b.maxAddresses(0)));
    assertEquals("queries must be at least 3: 1", message(() -> b.maxQueries(1)));
    assertEquals(
        "budget must be more than zero: PT-1S", message(() -> b.budget(Duration.ofSeconds(-1))));
    assertEquals("route: no host for *", message(b::smartHost));
    assertTrue(message(() -> b.self("no host")).startsWith("self must be"));
    assertTrue(message(() -> b.route("a.example", "b:99999")).endsWith("b:99999"));
  }

  @Test
  void resolverAndDns_contradictEachOther() {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    MailRouter.Builder both = MailRouter.builder().resolver(FakeMxResolver.of(ZONE)).dns(server);
    assertTrue(message(both::build).startsWith("resolver is given"));
  }

  @Test
  void interruption_isNotSwallowed() {
    FakeMxResolver resolver =
        FakeMxResolver.of(ZONE).beforeAnswer(() -> Thread.currentThread().interrupt());
    try (MailRouter router = MailRouter.builder().resolver(resolver).build()) {
      assertThrows(InterruptedException.class, () -> router.route("example.org"));
    }
  }

  @Test
  void close_closesTheResolver() {
    FakeMxResolver resolver = FakeMxResolver.of(ZONE);
    MailRouter.builder().resolver(resolver).build().close();
    assertTrue(resolver.isClosed());
  }

  @Test
  void dnsServer_isAskedOverTheWire() throws Exception {
    String zone =
        """
        example.org.      MX   10 mx1.example.org.
        example.org.      MX   20 mx2.example.org.
        mx1.example.org.  A    192.0.2.1
        mx1.example.org.  AAAA 2001:db8::1
        mx2.example.org.  A    127.0.0.1
        null.example.     MX   0 .
        plain.example.    A    192.0.2.9
        """;
    try (ScriptedDnsServer server = ScriptedDnsServer.start(zone);
        MailRouter router = MailRouter.builder().dns(server.address()).build()) {
      server.fault("mx1.example.org.", "AAAA", Fault.servfail());
      server.fault("broken.example.", "MX", Fault.servfail());
      assertEquals(
          "10 mx1.example.org (exchange) at 192.0.2.1",
          router.route("example.org").explain().get(0));
      assertEquals("fail 5.1.10", begin(router.route("null.example")));
      assertEquals("fail 5.1.2", begin(router.route("nowhere.example")));
      assertEquals("defer 4.4.3", begin(router.route("broken.example")));
      assertEquals(
          Route.Origin.IMPLICIT_MX, router.route("plain.example").routes().get(0).origin());
      Route literal = router.route("[IPv6:2001:db8::7]").routes().get(0);
      assertEquals("[IPv6:2001:db8::7]", literal.exchange());
      assertEquals("fail 5.4.4", begin(router.route("[127.0.0.1]")));
      assertEquals("fail 5.4.4", begin(router.route("[IPv6:::ffff:127.0.0.1]")));
    }
  }

  private static String begin(RouteDecision d) {
    return d.explain().get(0).replaceFirst(":.*", "");
  }

  private static String message(Executable e) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, e).getMessage());
  }

  /** Whatever stands in an MX record, and whatever is asked for, the answer is a decision. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "192.0.2.1", "0x7f.1", "2130706433", "a.0x7f", "1"})
  void addressInPlaceOfAName_isDecidedUpon(String text) throws Exception {
    String zone = "d.example. MX 10 " + text + ".\nd.example. A 192.0.2.7\n";
    try (ScriptedDnsServer server = ScriptedDnsServer.start(zone);
        MailRouter router = MailRouter.builder().dns(server.address()).build()) {
      RouteDecision decision = router.route("d.example");
      assertEquals("5.4.4", decision.fold(a -> "routes", d -> "defer", f -> f.status().toString()));
      decision = router.route(text);
      assertEquals("5.1.3", decision.fold(a -> "routes", d -> "defer", f -> f.status().toString()));
    }
  }
}
