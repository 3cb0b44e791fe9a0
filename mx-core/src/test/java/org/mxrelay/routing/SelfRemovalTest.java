package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

/** RFC 5321, 5.1: we and every exchange of an equal or higher preference number are dropped. */
class SelfRemovalTest {

  private static final String ZONE =
      """
      d.example    MX 10 mx1.example
      d.example    MX 20 mx2.example
      d.example    MX 20 mx2b.example
      d.example    MX 30 mx3.example
      mx1.example  A  192.0.2.1
      mx2.example  A  192.0.2.2
      mx2.example  A  192.0.2.22
      mx2b.example A  192.0.2.23
      mx3.example  A  192.0.2.3
      """;

  /** T-LOOP-1: not only ourselves; T-LOOP-2: by name or by any address, whatever the name. */
  @ParameterizedTest
  @ValueSource(strings = {"mx2.example", "MX2B.example.", "192.0.2.2", "192.0.2.22", "192.0.2.23"})
  void ourselves_goWithAllThatAreNotBetter(String self) {
    RouteDecision d = Asked.route(ZONE, "d.example", Asked.self(self));
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(d));
    assertEquals(
        List.of("mx2.example", "mx2b.example", "mx3.example"),
        d.trail().notes().stream()
            .filter(n -> n.kind() == RouteNote.Kind.SELF)
            .map(RouteNote::exchange)
            .sorted()
            .toList());
  }

  /** Whichever of two equals is looked at first, the answer is the same. */
  @Test
  void ourAddressAmongEquals_dropsThemInEveryOrder() {
    for (long seed = 0; seed < 50; seed++) {
      Router router =
          Router.of(
              FakeMxResolver.of(ZONE),
              Asked.self("192.0.2.23"),
              ManualClock.at(Asked.START),
              new SplittableRandom(seed));
      RouteDecision d = Asked.route(router, new Domain("d.example"));
      assertEquals("10 mx1.example 192.0.2.1", Asked.text(d), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mx1.example", "192.0.2.1"})
  void weAreTheBest_failsWith5_4_6(String self) {
    assertEquals("fail 5.4.6 LOOP", Asked.text(Asked.route(ZONE, "d.example", Asked.self(self))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.example", "192.0.2.9"})
  void weAreTheImplicitExchange_failsWith5_4_6(String self) {
    RouteDecision d = Asked.route("d.example A 192.0.2.9", "d.example", Asked.self(self));
    assertEquals("fail 5.4.6 LOOP", Asked.text(d));
  }

  @Test
  void ourAddressAsALiteral_failsWith5_4_6() {
    assertEquals(
        "fail 5.4.6 LOOP", Asked.text(Asked.literal("192.0.2.9", Asked.self("192.0.2.9"))));
  }

  /** Behind a NAT our own address is private: that is a loop, and no matter of the policy. */
  @Test
  void ourPrivateAddress_isALoopAndNotARefusal() {
    RouteDecision d = Asked.route("d.example A 10.0.0.9", "d.example", Asked.self("10.0.0.9"));
    assertEquals("fail 5.4.6 LOOP", Asked.text(d));
  }

  /** T-LOOP-3: the primary's DNS is down, and a bounce by its backup would lose the mail. */
  @ParameterizedTest
  @ValueSource(strings = {"mx1.example A SERVFAIL", "mx1.example EXISTS", "x.example A 192.0.2.7"})
  void betterExchangeThatDidNotResolve_defersWith4_4_4(String primary) {
    String zone =
        "d.example MX 10 mx1.example\nd.example MX 20 mx2.example\nmx2.example A 192.0.2.2\n";
    for (String self : List.of("mx2.example", "192.0.2.2")) {
      RouteDecision d = Asked.route(zone + primary, "d.example", Asked.self(self));
      assertEquals("defer 4.4.4 UNRESOLVED", Asked.text(d), self);
    }
  }

  @Test
  void betterExchangeThatIsRefused_defersWith4_4_4() {
    String zone =
        """
        d.example    MX 10 mx1.example
        d.example    MX 20 mx2.example
        mx1.example  A  10.0.0.1
        """;
    RouteDecision d = Asked.route(zone, "d.example", Asked.self("mx2.example"));
    assertEquals("defer 4.4.4 REFUSED_ADDRESS", Asked.text(d));
  }

  /** That the other may be had later says more than that one is refused. */
  @Test
  void betterExchangesRefusedAndUnresolved_deferAsUnresolved() {
    String zone =
        """
        d.example    MX 10 mx1.example
        d.example    MX 11 mx3.example
        d.example    MX 20 mx2.example
        mx1.example  A  10.0.0.1
        mx3.example  A  SERVFAIL
        """;
    RouteDecision d = Asked.route(zone, "d.example", Asked.self("mx2.example"));
    assertEquals("defer 4.4.4 UNRESOLVED", Asked.text(d));
  }

  @Test
  void weAreNotNamed_nothingIsDropped() {
    RouteDecision d = Asked.route(ZONE, "d.example", Asked.self("mx9.example", "192.0.2.99"));
    assertEquals(5, d.routes().size());
    assertEquals(List.of(), d.trail().notes());
  }

  @Test
  void ourNameIsDroppedWithoutAskingForIt() {
    FakeMxResolver resolver = FakeMxResolver.of(ZONE);
    Asked.route(resolver, new Domain("d.example"), Asked.self("mx2.example"));
    assertEquals(List.of("MX d.example", "A+AAAA mx1.example"), resolver.asked());
  }

  /** The cap on exchanges must not hide that one of their equals is ourselves. */
  @Test
  void ourAddressBeyondTheCapAmongEquals_isFoundAllTheSame() {
    StringBuilder zone = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      zone.append("d.example MX 10 m%d.example\nm%d.example A 192.0.2.%d\n".formatted(i, i, i));
    }
    for (int i = 1; i <= 12; i++) {
      RouteDecision d = Asked.route(zone.toString(), "d.example", Asked.self("192.0.2." + i));
      assertEquals("fail 5.4.6 LOOP", Asked.text(d), "self m" + i);
    }
  }
}
