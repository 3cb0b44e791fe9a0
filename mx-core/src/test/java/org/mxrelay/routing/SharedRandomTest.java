package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.FakeMxResolver;

class SharedRandomTest {

  private static final long SEED = 7_505L;

  /** T-DNS-8, through the whole router: whoever has one family only is first as often. */
  @Test
  void equalExchangesOfAnyFamilies_areFirstEquallyOften() {
    Router router =
        Router.of(
            FakeMxResolver.of(
                """
                d.example  MX   10 a.example
                d.example  MX   10 b.example
                d.example  MX   10 c.example
                d.example  MX   10 d.example
                a.example  A    192.0.2.1
                b.example  AAAA 2001:db8::2
                c.example  A    192.0.2.3
                c.example  AAAA 2001:db8::3
                d.example  A    192.0.2.4
                d.example  A    192.0.2.5
                """),
            RoutingOptions.STANDARD,
            () -> Asked.START,
            new SplittableRandom(SEED));
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      RouteDecision d = Asked.route(router, new Domain("d.example"));
      first.merge(d.routes().get(0).exchange(), 1, Integer::sum);
    }
    ChiSquare.assertUniform(first, 4, "seed " + SEED);
  }

  /** The sources of the JDK are made for one thread; the router is not. */
  @Test
  void source_isDrawnFromByOneThreadAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    SplittableRandom random = new SplittableRandom(SEED);
    RandomGenerator watched =
        () -> {
          if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
          }
          Thread.yield();
          long drawn = random.nextLong();
          inside.decrementAndGet();
          return drawn;
        };
    SharedRandom shared = new SharedRandom(watched);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> draw =
          () -> {
            for (int i = 0; i < 200; i++) {
              shared.nextInt(10);
            }
            return null;
          };
      List<Future<Void>> drawn =
          new ArrayList<>(threads.invokeAll(List.of(draw, draw, draw, draw)));
      for (Future<Void> f : drawn) {
        f.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(0, overlaps.get());
  }
}
