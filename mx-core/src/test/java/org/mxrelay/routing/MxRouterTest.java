package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.Route.Origin;
import org.mxrelay.testkit.FakeMxResolver;

class MxRouterTest {

  @Test
  void exchanges_areTriedByPreference() {
    RouteDecision d =
        Asked.route(
            """
            d.example    MX   20 mx2.example
            d.example    MX   10 mx1.example
            mx1.example  A    192.0.2.1
            mx2.example  A    192.0.2.2
            mx2.example  AAAA 2001:db8::2
            """,
            "d.example");
    assertEquals(
        "10 mx1.example 192.0.2.1, 20 mx2.example 2001:db8::2, 20 mx2.example 192.0.2.2",
        Asked.text(d));
    assertEquals(Origin.MX, d.routes().get(0).origin());
    assertEquals(25, d.routes().get(0).address().getPort());
  }

  @Test
  void port_isTheOwners() {
    RouteDecision d =
        Asked.route("d.example A 192.0.2.1", "d.example", RoutingOptions.STANDARD.withPort(2525));
    assertEquals(2525, d.routes().get(0).address().getPort());
  }

  /** RFC 5321, 5.1: no MX record is as good as one that names the domain itself. */
  @Test
  void noMx_isTheDomainItself() {
    RouteDecision d = Asked.route("d.example A 192.0.2.1", "d.example");
    assertEquals("0 d.example 192.0.2.1", Asked.text(d));
    assertEquals(Origin.IMPLICIT_MX, d.routes().get(0).origin());
  }

  @Test
  void aliasOfTheDomain_isFollowed_tDns3() {
    RouteDecision d =
        Asked.route(
            """
            d.example    CNAME e.example
            e.example    CNAME f.example
            f.example    MX    10 mx1.example
            mx1.example  A     192.0.2.1
            """,
            "d.example");
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(d));
  }

  /** RFC 2181, 10.3 forbids it, zones do it. The name for SNI stays that of the MX record. */
  @Test
  void aliasAsExchange_isFollowed_tDns4() {
    RouteDecision d =
        Asked.route(
            """
            d.example    MX    10 mx1.example
            mx1.example  CNAME host.example
            host.example A     192.0.2.1
            """,
            "d.example");
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(d));
    assertTrue(d.explain().contains("kept: mx1.example: mx1.example is an alias of host.example"));
  }

  @Test
  void nullMxBesideOthers_isIgnoredWithAWord_tDns5() {
    RouteDecision d =
        Asked.route(
            """
            d.example    MX 0 .
            d.example    MX 10 mx1.example
            mx1.example  A  192.0.2.1
            """,
            "d.example");
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(d));
    assertEquals(
        List.of(new RouteNote(RouteNote.Kind.KEPT, "d.example", "", "MX record ignored: 0 .")),
        d.trail().notes());
  }

  @Test
  void oneFamilyThatFails_leavesTheOther_tDns7() {
    for (String zone :
        List.of(
            "mx1.example A 192.0.2.1\nmx1.example AAAA SERVFAIL",
            "mx1.example A SERVFAIL\nmx1.example AAAA 2001:db8::1")) {
      RouteDecision d = Asked.route("d.example MX 10 mx1.example\n" + zone, "d.example");
      assertEquals(1, d.routes().size(), zone);
      assertEquals(RouteNote.Kind.KEPT, d.trail().notes().get(0).kind());
    }
  }

  @Test
  void whatResolved_isUsedWhateverFailedBesideIt() {
    RouteDecision d =
        Asked.route(
            """
            d.example    MX 10 mx1.example
            d.example    MX 20 mx2.example
            d.example    MX 30 mx3.example
            d.example    MX 40 mx4.example
            mx1.example  A  SERVFAIL
            mx3.example  A  192.0.2.3
            mx4.example  EXISTS
            """,
            "d.example");
    assertEquals("30 mx3.example 192.0.2.3", Asked.text(d));
    assertEquals(
        List.of("UNRESOLVED mx1.example", "NO_ADDRESS mx2.example", "NO_ADDRESS mx4.example"),
        d.trail().notes().stream().map(n -> n.kind() + " " + n.exchange()).toList());
  }

  /** A primary that does not resolve now is the primary all the same; one that is not, is not. */
  @Test
  void backup_isOneEvenWhereThePrimaryDidNotResolve() {
    String zone =
        """
        d.example    MX 10 mx1.example
        d.example    MX 20 mx2.example
        mx2.example  A  192.0.2.2
        """;
    RouteDecision unresolved = Asked.route(zone + "mx1.example A SERVFAIL", "d.example");
    RouteDecision.Attempt soft = (RouteDecision.Attempt) unresolved;
    assertEquals(10, soft.bestPreference());
    assertEquals(Fallthrough.Rank.BACKUP, soft.rank(soft.routes().get(0)));
    RouteDecision.Attempt hard = (RouteDecision.Attempt) Asked.route(zone, "d.example");
    assertEquals(20, hard.bestPreference());
    assertEquals(Fallthrough.Rank.BEST, hard.rank(hard.routes().get(0)));
  }

  /** T-LOOP-8: an address that is refused costs no other address anything. */
  @Test
  void refusedAddress_isLeftOutAlone() {
    RouteDecision d =
        Asked.route(
            """
            d.example    MX   10 mx1.example
            d.example    MX   20 mx2.example
            mx1.example  A    127.0.0.1
            mx1.example  A    192.0.2.1
            mx1.example  AAAA ::1
            mx2.example  A    10.0.0.1
            """,
            "d.example");
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(d));
    assertEquals(
        List.of(
            new RouteNote(RouteNote.Kind.REFUSED, "mx1.example", "::1", "loopback"),
            new RouteNote(RouteNote.Kind.REFUSED, "mx1.example", "127.0.0.1", "loopback"),
            new RouteNote(RouteNote.Kind.REFUSED, "mx2.example", "10.0.0.1", "private")),
        d.trail().notes());
  }

  /** V16: what was checked is what is connected to; no name is left to be resolved again. */
  @Test
  void route_carriesTheCheckedAddressItself() {
    FakeMxResolver resolver = FakeMxResolver.of("d.example A 192.0.2.1");
    RouteDecision d = Asked.route(resolver, new Domain("d.example"), RoutingOptions.STANDARD);
    resolver.become("d.example A 127.0.0.1");
    assertEquals("192.0.2.1", d.routes().get(0).address().getAddress().getHostAddress());
    assertEquals(List.of("MX d.example", "A+AAAA d.example"), resolver.asked());
  }

  @Test
  void eachAttempt_asksAnew_tDns21() {
    FakeMxResolver resolver = FakeMxResolver.of("d.example A 192.0.2.1");
    Router router =
        Router.of(
            resolver,
            RoutingOptions.STANDARD,
            () -> Asked.START,
            new java.util.SplittableRandom(1));
    Asked.route(router, new Domain("d.example"));
    resolver.become("d.example MX 5 mx.example\nmx.example A 192.0.2.9");
    assertEquals(
        "5 mx.example 192.0.2.9", Asked.text(Asked.route(router, new Domain("d.example"))));
  }

  @Test
  void decision_isValidAsLongAsEveryFactUsed() {
    RouteDecision d =
        Asked.route(
            """
            d.example    120 MX 10 mx1.example
            d.example    120 MX 20 mx2.example
            mx1.example  90  A  192.0.2.1
            mx2.example  60  A  192.0.2.2
            """,
            "d.example");
    assertEquals(Asked.START.plusSeconds(60), d.trail().validUntil());
  }

  @Test
  void close_closesTheResolver() {
    FakeMxResolver resolver = FakeMxResolver.of("");
    Router.of(resolver, RoutingOptions.STANDARD, () -> Asked.START, new java.util.Random(1))
        .close();
    assertTrue(resolver.isClosed());
  }
}
