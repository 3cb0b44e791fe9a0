package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.RateLimit;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;

/** G11: one bad destination costs the others less than 5 %. On the virtual clock, counted. */
class NeighbourTest {

  private static final LaneSimulation.Peer HEALTHY =
      new LaneSimulation.Peer(Duration.ofMillis(800), Echo.GOOD);

  /** Takes the connection, and says nothing until the greeting's time is over. */
  private static final LaneSimulation.Peer TARPIT =
      new LaneSimulation.Peer(Duration.ofMinutes(5), Echo.FAILED);

  private static final Duration LONG = Duration.ofMinutes(2);

  @Test
  void g11_tarpits_costTheOthersLessThanFivePercent() {
    LaneSimulation alone = world(0);
    LaneSimulation beside = world(200);

    alone.run(LONG);
    beside.run(LONG);

    int best = alone.doneInAll("healthy");
    int got = beside.doneInAll("healthy");
    assertTrue(best > 0.95 * 120 * 64 / 0.8, "relayed without tarpits: " + best);
    assertTrue(got > 0.95 * best, "relayed beside tarpits: " + got + " of " + best);
    double statements = (double) (beside.claims + beside.released) / got;
    double before = (double) (alone.claims + alone.released) / best;
    assertTrue(
        statements < 1.05 * before,
        "claims and releases a message: " + statements + " instead of " + before);
    assertEquals(200, beside.begun.keySet().stream().filter(d -> d.startsWith("tar")).count());

    // Once they are known, they cost nothing: the first seconds are what they are found out in.
    beside.run(Duration.ofSeconds(30));
    double perSecond = (beside.doneInAll("healthy") - got) / 30.0;
    assertTrue(perSecond > 0.99 * 64 / 0.8, "relayed a second by 64 places: " + perSecond);
  }

  private static LaneSimulation world(int tarpits) {
    Limits limits = new Limits(64, 20, 1, Duration.ofMinutes(30), List.<RateLimit>of());
    LaneSimulation world = new LaneSimulation(limits).refilling();
    for (int i = 0; i < 1_000; i++) {
      if (i % 5 != 0) {
        // Every other one has a hoster's exchanges.
        world.domain("healthy" + i + ".example", i % 2 == 0 ? "mx" + i : "hoster" + i % 7, HEALTHY);
        world.submit("healthy" + i + ".example", 3);
      } else if (i / 5 < tarpits) {
        world.domain("tarpit" + i + ".example", "tar" + i, TARPIT);
        world.submit("tarpit" + i + ".example", 3);
      }
    }
    return world;
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000})
  void hotDomain_delaysAFreshOneByLessThanASecond(int backlog) {
    Limits limits = new Limits(64, 20, 1, Duration.ofMinutes(30), List.of());
    LaneSimulation world = new LaneSimulation(limits).refilling();
    world.domain("hot.example", "mx-hot", HEALTHY);
    world.submit("hot.example", backlog);
    world.run(Duration.ofSeconds(20));
    assertEquals(25, world.done.get("hot.example") / 20, 3, "20 sessions of 800 ms, a second");
    int claims = world.claims;

    world.domain("fresh.example", "mx-fresh", HEALTHY);
    world.submit("fresh.example", 1);
    long submitted = Duration.ofSeconds(20).toNanos();
    world.run(Duration.ofSeconds(1));

    long waited = world.begun.get("fresh.example").get(0) - submitted;
    assertTrue(waited < Duration.ofMillis(100).toNanos(), "waited " + waited + " ns");
    assertTrue(world.claims - claims < 100, "claims in a second: " + (world.claims - claims));
  }

  @Test
  void priority_overtakesABacklogAndStarvesNobody() {
    Limits limits = new Limits(64, 1, 1, Duration.ofMinutes(30), List.of());
    LaneSimulation world = new LaneSimulation(limits).ticking(Duration.ofSeconds(1));
    LaneSimulation.Peer slow = new LaneSimulation.Peer(Duration.ofSeconds(30), Echo.GOOD);
    world.domain("hot.example", "mx-hot", slow);
    world.submit(Envelope.from("<>").to("ordinary@hot.example"));
    world.submit("hot.example", 60);
    world.run(Duration.ofMinutes(5));
    world.submit(urgent(2, "urgent@hot.example"));
    world.run(Duration.ofMinutes(5));
    assertTrue(world.begunAt.containsKey("urgent@hot.example"), "before fifty others");
    world.submit(Envelope.from("<>").to("late@hot.example"));

    // An endless stream of messages with priority 2 fills the lane: two hours, and no longer.
    for (int minute = 0; minute < 240; minute++) {
      world.submit(urgent(2, "more" + minute + "@hot.example"));
      world.submit(urgent(2, "again" + minute + "@hot.example"));
      world.run(Duration.ofMinutes(1));
    }
    Instant began = Rig.START.plusNanos(world.begunAt.get("late@hot.example"));
    Instant submitted = Rig.START.plus(Duration.ofMinutes(10));
    Duration waited = Duration.between(submitted, began);
    assertTrue(waited.compareTo(Duration.ofHours(1)) > 0, "overtaken: " + waited);
    assertTrue(waited.compareTo(Duration.ofHours(5)) < 0, "not for ever: " + waited);
  }

  private static Envelope urgent(int priority, String to) {
    EnvelopeOptions options = EnvelopeOptions.NONE.withPriority(priority);
    return Envelope.from("<>").to(to).with(options);
  }

  /** All that share an exchange are one lane, however many they are and whenever they come. */
  @Test
  void hosterOfManyDomains_isOneLaneAndHidesNobody() {
    Limits limits = new Limits(64, 20, 1, Duration.ofMinutes(30), List.of());
    LaneSimulation world = new LaneSimulation(limits).refilling();
    for (int i = 0; i < 1_200; i++) {
      world.domain("hosted" + i + ".example", "mx.hoster", HEALTHY);
      world.submit("hosted" + i + ".example", 1);
    }
    world.run(Duration.ofSeconds(10));
    int before = world.doneInAll("hosted");
    assertTrue(before <= 11 * 25 && before > 0.7 * 10 * 25, "20 at a time: " + before);
    world.domain("fresh.example", "mx-fresh", HEALTHY);
    world.submit("fresh.example", 1);

    world.run(Duration.ofSeconds(1));

    long waited = world.begun.get("fresh.example").get(0) - Duration.ofSeconds(10).toNanos();
    assertTrue(waited < Duration.ofSeconds(1).toNanos(), "waited " + waited + " ns");
    long served = world.done.keySet().stream().filter(d -> d.startsWith("hosted")).count();
    assertTrue(served > 130, "domains of the hoster that were served: " + served);
  }
}
