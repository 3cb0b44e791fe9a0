package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.checks.KeepingResolver;
import org.mxrelay.checks.Property;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

/** The very same answers give the very same decision, and nothing else does. */
class PrecedentsTest {

  private static final Domain EXAMPLE = new Domain("d.example");
  private static final long SEED = 20_261_127L;
  private static final String ZONE =
      """
      d.example    MX   10 mx1.example
      d.example    MX   20 mx2.example
      mx1.example  A    192.0.2.1
      mx2.example  A    192.0.2.2
      """;
  private static final String EQUALS = ZONE.replace("20 mx2", "10 mx2");

  private final ManualClock clock = ManualClock.at(Asked.START);
  private final FakeMxResolver dns = FakeMxResolver.of(ZONE, clock);
  private final KeepingResolver keeping = new KeepingResolver(dns);

  private Router router(MxResolver resolver, RoutingOptions options) {
    return Router.of(resolver, options, clock, new SplittableRandom(SEED));
  }

  @Test
  void sameAnswers_giveTheVerySameDecision() {
    Router router = router(keeping, RoutingOptions.STANDARD);
    RouteDecision first = Asked.route(router, EXAMPLE);
    assertSame(first, Asked.route(router, EXAMPLE));
    assertEquals(Asked.route(router(dns, RoutingOptions.STANDARD), EXAMPLE), first);
  }

  @Test
  void implicitMx_isKeptToo() {
    dns.become("d.example A 192.0.2.1");
    Router router = router(keeping, RoutingOptions.STANDARD);
    assertSame(Asked.route(router, EXAMPLE), Asked.route(router, EXAMPLE));
  }

  /** It is the answers that say how long a decision holds: each is asked for each time. */
  @Test
  void eachAnswer_isAskedForAgainInItsOrderAndOnce() {
    Counted counted = new Counted(keeping);
    Router router = router(counted, RoutingOptions.STANDARD);
    List<String> once = List.of("d.example", "mx1.example", "mx2.example");
    for (int i = 0; i < 3; i++) {
      Asked.route(router, EXAMPLE);
      assertEquals(once, counted.takeAsked());
    }
    keeping.forget(new Domain("mx2.example"));
    Asked.route(router, EXAMPLE);
    assertEquals(once, counted.takeAsked());
  }

  @Test
  void otherAnswer_isObeyedAtOnce() {
    Router router = router(keeping, RoutingOptions.STANDARD);
    Asked.route(router, EXAMPLE);
    dns.become(ZONE.replace("192.0.2.2", "192.0.2.3").replace("20 mx2", "5 mx2"));
    keeping.forget(new Domain("mx2.example"));
    assertEquals(
        "10 mx1.example 192.0.2.1, 20 mx2.example 192.0.2.3",
        Asked.text(Asked.route(router, EXAMPLE)));
    keeping.forget(EXAMPLE);
    assertEquals(
        "5 mx2.example 192.0.2.3, 10 mx1.example 192.0.2.1",
        Asked.text(Asked.route(router, EXAMPLE)));
  }

  /** An answer that says the same for another while is another answer. */
  @Test
  void answerForAnotherWhile_givesADecisionForThatWhile() {
    Router router = router(keeping, RoutingOptions.STANDARD);
    RouteDecision before = Asked.route(router, EXAMPLE);
    clock.advance(Duration.ofSeconds(30));
    List.of("d.example", "mx1.example", "mx2.example").forEach(n -> keeping.forget(new Domain(n)));
    RouteDecision after = Asked.route(router, EXAMPLE);
    assertEquals(before.routes(), after.routes());
    assertEquals(before.trail().validUntil().plusSeconds(30), after.trail().validUntil());
  }

  @Test
  void orderOfEquals_isDrawnEachTimeAndDecidedOnce() {
    dns.become(EQUALS);
    Router router = router(keeping, RoutingOptions.STANDARD);
    Set<RouteDecision> decisions = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      RouteDecision decision = Asked.route(router, EXAMPLE);
      decisions.add(decision);
      first.merge(decision.routes().get(0).exchange(), 1, Integer::sum);
    }
    assertEquals(2, decisions.size());
    ChiSquare.assertUniform(first, 2, "seed " + SEED);
  }

  @Test
  void capOnExchanges_fallsByTheOrderDrawn() {
    dns.become(EQUALS);
    RoutingLimits one = RoutingLimits.STANDARD.withExchanges(1);
    Router router = router(keeping, RoutingOptions.STANDARD.withLimits(one));
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      texts.add(Asked.text(Asked.route(router, EXAMPLE)));
    }
    assertEquals(Set.of("10 mx1.example 192.0.2.1", "10 mx2.example 192.0.2.2"), texts);
  }

  @Test
  void whatWasLimited_isDecidedAnew() {
    RoutingLimits few = RoutingLimits.STANDARD.withQueries(4);
    Router router = router(keeping, RoutingOptions.STANDARD.withLimits(few));
    RouteDecision first = Asked.route(router, EXAMPLE);
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(first));
    assertNotSame(first, Asked.route(router, EXAMPLE));
  }

  @Test
  void budget_holdsForWhoAsksAgainToo() {
    Counted slow = new Counted(keeping);
    RoutingLimits limits = RoutingLimits.STANDARD.withBudget(Duration.ofSeconds(10));
    Router router = router(slow, RoutingOptions.STANDARD.withLimits(limits));
    assertEquals(2, Asked.route(router, EXAMPLE).routes().size());
    slow.beforeAnswer(() -> clock.advance(Duration.ofSeconds(6)));
    assertEquals("10 mx1.example 192.0.2.1", Asked.text(Asked.route(router, EXAMPLE)));
  }

  /** His list may have grown since. */
  @Test
  void policyOfTheOwners_isAskedEachTime() {
    List<InetAddress> asked = new ArrayList<>();
    AddressPolicy own =
        address -> {
          asked.add(address);
          return Optional.empty();
        };
    Router router = router(keeping, RoutingOptions.STANDARD.withPolicy(own));
    Asked.route(router, EXAMPLE);
    Asked.route(router, EXAMPLE);
    assertEquals(4, asked.size());
  }

  /** Whatever a zone is and becomes, nobody can tell that decisions are kept. */
  @Test
  @Tag("property")
  void routerThatKeeps_decidesAsOneThatDoesNot() {
    Property.holds(300, PrecedentsTest::keepsUnnoticed);
  }

  private static void keepsUnnoticed(RandomGenerator random) {
    ManualClock clock = ManualClock.at(Asked.START);
    Map<String, String> zone = new TreeMap<>();
    FakeMxResolver dns = FakeMxResolver.of("", clock);
    KeepingResolver keeping = new KeepingResolver(dns);
    RoutingOptions options = options(random);
    long seed = random.nextLong();
    Router plain = Router.of(dns, options, clock, new SplittableRandom(seed));
    Router kept = Router.of(keeping, options, clock, new SplittableRandom(seed));
    for (int step = 0; step < 30; step++) {
      if (step == 0 || random.nextInt(3) == 0) {
        String name = random.nextInt(3) == 0 ? "d.example" : "m" + random.nextInt(4) + ".example";
        zone.put(name, name.startsWith("d") ? exchanges(random) : addresses(name, random));
        dns.become(String.join("", zone.values()));
        keeping.forget(new Domain(name));
      }
      assertEquals(Asked.route(plain, EXAMPLE), Asked.route(kept, EXAMPLE), zone::toString);
    }
  }

  private static RoutingOptions options(RandomGenerator random) {
    RoutingLimits limits =
        RoutingLimits.STANDARD
            .withExchanges(1 + random.nextInt(4))
            .withAddresses(1 + random.nextInt(5))
            .withQueries(3 + random.nextInt(9));
    RoutingOptions options = random.nextInt(3) == 0 ? Asked.self("192.0.2.7") : Asked.self();
    return options.withLimits(limits);
  }

  private static String exchanges(RandomGenerator random) {
    StringBuilder lines = new StringBuilder("d.example EXISTS\n");
    for (int i = 0; i < random.nextInt(5); i++) {
      lines.append("d.example MX %d m%d.example\n".formatted(random.nextInt(3), i));
    }
    return lines.toString();
  }

  private static String addresses(String name, RandomGenerator random) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < random.nextInt(4); i++) {
      List<String> records =
          List.of("A 192.0.2." + random.nextInt(8), "AAAA 2001:db8::1", "A SERVFAIL", "A 10.0.0.1");
      lines.append(name).append(' ').append(records.get(random.nextInt(4))).append('\n');
    }
    return lines.toString();
  }

  /** Notes what is asked. */
  private static final class Counted implements MxResolver {
    private final MxResolver resolver;
    private final List<String> asked = new ArrayList<>();
    private Runnable before = () -> {};

    Counted(MxResolver resolver) {
      this.resolver = resolver;
    }

    void beforeAnswer(Runnable what) {
      before = what;
    }

    List<String> takeAsked() {
      List<String> taken = List.copyOf(asked);
      asked.clear();
      return taken;
    }

    @Override
    public MxAnswer exchanges(Domain domain) throws InterruptedException {
      asked.add(domain.name());
      before.run();
      return resolver.exchanges(domain);
    }

    @Override
    public AddressAnswer addresses(Domain host) throws InterruptedException {
      asked.add(host.name());
      before.run();
      return resolver.addresses(host);
    }
  }
}
