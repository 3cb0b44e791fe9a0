package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mxrelay.MailRouter;
import org.mxrelay.address.Domain;
import org.mxrelay.checks.KeepingResolver;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.tls.TlsDemand.Level;

/** A plan is kept with the answers on which it stands, and with nothing else. */
class DanePrecedentTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Domain OWNER = new Domain("_25._tcp.mx.example.org");
  private static final String SIGNED =
      """
      example.org               SIGNED
      example.org               MX    10 mx.example.org
      mx.example.org            A     192.0.2.1
      """;
  private static final String TLSA = "_25._tcp.mx.example.org TLSA 3 1 1 " + "ab".repeat(32) + "\n";

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeMxResolver dns = FakeMxResolver.of(SIGNED + TLSA, clock);
  private final KeepingResolver keeping = new KeepingResolver(dns);
  private final MailRouter router =
      MailRouter.builder()
          .resolver(keeping)
          .clock(clock)
          .random(new SplittableRandom(1))
          .noMtaSts()
          .build();

  private TlsPlan plan() throws InterruptedException {
    return router.plan("example.org");
  }

  private static Level level(TlsPlan plan) {
    return plan.demand(plan.routes().get(0), TlsDemand.OPPORTUNISTIC).level();
  }

  @Test
  void sameAnswers_giveTheVerySamePlan() throws InterruptedException {
    TlsPlan first = plan();
    assertEquals(Level.VERIFIED, level(first));
    assertSame(first, plan());
    try (MailRouter plain = MailRouter.builder().resolver(dns).clock(clock).noMtaSts().build()) {
      assertEquals(plain.plan("example.org"), first);
    }
  }

  @Test
  void recordsThatAreGone_demandNothingAnyMore() throws InterruptedException {
    plan();
    dns.become(SIGNED);
    assertEquals(Level.VERIFIED, level(plan()));
    keeping.forget(OWNER);
    assertEquals(Level.OPPORTUNISTIC, level(plan()));
  }

  @Test
  void recordsThatCame_areObeyed() throws InterruptedException {
    dns.become(SIGNED);
    assertEquals(Level.OPPORTUNISTIC, level(plan()));
    dns.become(SIGNED + TLSA);
    keeping.forget(OWNER);
    assertEquals(Level.VERIFIED, level(plan()));
  }

  @Test
  void recordsThatCannotBeLookedUp_ruleTheExchangeOut() throws InterruptedException {
    plan();
    dns.become(SIGNED + "_25._tcp.mx.example.org TLSA SERVFAIL");
    keeping.forget(OWNER);
    assertEquals(List.of(), plan().routes());
    TlsPlan failed = plan();
    dns.become(SIGNED + TLSA);
    keeping.forget(OWNER);
    assertNotSame(failed, plan());
    assertEquals(Level.VERIFIED, level(plan()));
  }

  @Test
  void signatureThatIsGone_vouchesForNobody() throws InterruptedException {
    TlsPlan before = plan();
    assertEquals(Vouching.VOUCHED, before.vouching(before.routes().get(0)));
    dns.become((SIGNED + TLSA).replace("SIGNED", "EXISTS"));
    keeping.forget(EXAMPLE);
    TlsPlan after = plan();
    assertEquals(Vouching.NOBODY, after.vouching(after.routes().get(0)));
  }

  /** Each order has its plan, since a plan has the routes in their order. */
  @Test
  void orderOfEquals_isThatOfTheDecision() throws InterruptedException {
    dns.become(
        "example.org MX 1 a.example\nexample.org MX 1 b.example\n"
            + "a.example A 192.0.2.1\nb.example A 192.0.2.2");
    Set<TlsPlan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 100; i++) {
      plans.add(plan());
    }
    assertEquals(
        Set.of(List.of("a.example", "b.example"), List.of("b.example", "a.example")),
        plans.stream()
            .map(p -> p.routes().stream().map(Route::exchange).toList())
            .collect(Collectors.toSet()));
    assertEquals(2, plans.size());
  }

  @Test
  void lookupsThatTookTooLong_areMadeAgain() throws InterruptedException {
    dns.beforeAnswer(() -> clock.advance(DaneLookups.BUDGET));
    Dane dane = Dane.of(dns, dns, clock);
    RouteDecision decision = router.route("example.org");
    TlsPlan late = dane.plan(EXAMPLE, decision);
    dns.beforeAnswer(() -> clock.advance(Duration.ZERO));
    assertNotSame(late, dane.plan(EXAMPLE, decision));
  }
}
