package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.Rate;
import org.mxrelay.smtp.RateLimit;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

class LanesTest {

  private static final Duration LONG = Duration.ofMinutes(30);
  private static final LaneSimulation.Peer QUICK =
      new LaneSimulation.Peer(Duration.ofMillis(10), Echo.GOOD);

  @Test
  void emptyLanes_haveRoomForWorkersAndABatchBeside() {
    Lanes lanes = new Lanes(Rig.limits(4, 3), () -> 0);
    assertEquals(new Lanes.Room(6, 3, Set.of()), lanes.room());
  }

  @Test
  void deliveryWhoseSessionIsOver_takesUpNoRoomButIsUnderWayUntilItLeaves() {
    Lanes lanes = new Lanes(Rig.limits(1, 1), () -> 0);
    Lanes.Room empty = lanes.callIn();
    InMemoryQueue queue = InMemoryQueue.create(ManualClock.at(Rig.START), Duration.ZERO);
    queue.add(QueueMail.many("m", 1, Rig.START, "example.org"));
    Lease lease = queue.claim(QueueMail.everything(Rig.START)).get(0);
    Work work = new Work(lease, () -> 0, QueueMail.LEASE.toNanos());
    assertTrue(lanes.offer(work));
    assertSame(work, lanes.next());
    assertEquals(empty.most() - 1, lanes.callIn().most());

    assertNull(lanes.after(work));

    assertEquals(empty, lanes.callIn());
    assertEquals(1, lanes.underWay(), "its outcome is not stored yet");
    lanes.leave(work);
    assertEquals(empty, lanes.callIn(), "no more room than there is");
    assertEquals(0, lanes.underWay());
  }

  @Test
  void claimsOfManyDestinations_neverExceedALane() {
    Rig rig = new Rig();
    rig.limits = Rig.limits(8, 3);
    SplittableRandom random = new SplittableRandom(20260301);
    for (int i = 0; i < 200; i++) {
      int domain = random.nextInt(5);
      rig.transport.at("mx" + domain % 3, relays());
      rig.router.to("d" + domain + ".example", "10 mx" + domain % 3);
      rig.submit("bob@shop.example", "r" + i + "@d" + domain + ".example");
    }
    List<Runnable> underWay = new ArrayList<>();
    Machinery machinery = Machinery.of(rig.parts(), underWay::add);

    while (rig.queue.stats().pending() > 0) {
      machinery.claims().round();
      Map<Destination, Integer> perLane = new HashMap<>();
      machinery
          .keeper()
          .kept()
          .forEach(w -> perLane.merge(w.delivery().destination(), 1, Integer::sum));
      assertTrue(perLane.values().stream().allMatch(n -> n <= 6), perLane.toString());
      assertTrue(machinery.lanes().underWay() <= 12, "under way: " + machinery.lanes().underWay());
      underWay.remove(random.nextInt(underWay.size())).run();
    }

    assertEquals(200, rig.events.outcomes.size());
    for (ClaimRequest claim : rig.queue.claims) {
      assertTrue(claim.most() <= 12 && claim.mostPerDestination() <= 3, claim.toString());
    }
  }

  @Test
  void domainsOfOneExchange_shareItsSessions() {
    LaneSimulation world = simulation(new Limits(64, 10, 1, LONG, List.of()));
    for (int i = 0; i < 50; i++) {
      world.domain("d" + i + ".example", "mx1", QUICK);
      world.submit("d" + i + ".example", 20);
    }

    world.run(Duration.ofSeconds(2));

    assertEquals(10, world.mostAtATime.get("mx1"));
    assertEquals(1_000, world.doneInAll("d"));
  }

  @Test
  void rateOfMessages_holdsInEveryWindow() {
    RateLimit slow = RateLimit.messages("*.example", Rate.perSecond(20));
    RateLimit hoster = RateLimit.messages("mx-hoster", Rate.parse("600/m"));
    LaneSimulation world = simulation(new Limits(64, 20, 1, LONG, List.of(hoster, slow)));
    for (int i = 0; i < 30; i++) {
      world.domain("h" + i + ".example", "mx-hoster", QUICK);
      world.submit("h" + i + ".example", 10);
    }
    world.domain("own.example", "mx-own", QUICK);
    world.submit("own.example", 500);
    world.domain("free.test", "mx-free", QUICK);
    world.submit("free.test", 300);

    world.run(Duration.ofSeconds(10));

    assertWindows(world, "h", 10);
    assertWindows(world, "own", 20);
    int hosted = world.doneInAll("h");
    assertTrue(hosted <= 101 && hosted >= 75, "10 a second for 10 s, hosted: " + hosted);
    int own = world.done.get("own.example");
    assertTrue(own <= 201 && own >= 150, "20 a second for 10 s, alone: " + own);
    assertEquals(300, world.done.get("free.test"));
  }

  private static void assertWindows(LaneSimulation world, String prefix, int perSecond) {
    List<Long> starts =
        world.begun.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .flatMap(e -> e.getValue().stream())
            .sorted()
            .toList();
    for (int i = perSecond; i < starts.size(); i++) {
      long window = starts.get(i) - starts.get(i - perSecond);
      assertTrue(window >= 1_000_000_000L, perSecond + 1 + " of " + prefix + " in " + window);
    }
  }

  @Test
  void tooFast_slowsTheLaneDownAndItRecovers() {
    LaneSimulation world = simulation(new Limits(64, 20, 1, LONG, List.of())).refilling();
    world.domain("d.example", "mx1", new LaneSimulation.Peer(Duration.ofMillis(200), Echo.GOOD));
    world.submit("d.example", 100);
    world.run(Duration.ofSeconds(5));
    assertTrue(world.done.get("d.example") > 350, "at full speed: " + world.done);

    for (int i = 0; i < 3; i++) {
      world.lanes.hear(Destination.parse("d.example"), Echo.TOO_FAST);
      world.run(Duration.ofSeconds(2));
    }
    int slowed = world.done.get("d.example");
    world.run(Duration.ofSeconds(4));
    int slow = world.done.get("d.example") - slowed;
    assertTrue(slow >= 1 && slow <= 8, "a delivery each second or so: " + slow);

    world.run(Duration.ofMinutes(1));
    int recovered = world.done.get("d.example");
    world.run(Duration.ofSeconds(5));
    int after = world.done.get("d.example") - recovered;
    assertTrue(after > 400, "at full speed again: " + after);
  }

  @Test
  void replyThatItIsTooFast_slowsTheEngineDown() {
    Rig rig = new Rig();
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.RCPT, 450, "4.7.1 rate limit exceeded"), relays());
    for (int i = 0; i < 5; i++) {
      rig.submit("bob@shop.example", "r" + i + "@example.org");
    }
    Machinery machinery = rig.machinery();

    machinery.claims().round();
    assertEquals(1, rig.transport.seen.size(), "the others wait for a second");
    rig.advance(Duration.ofMillis(999));
    machinery.claims().round();
    machinery.dispatch().start();
    assertEquals(1, rig.transport.seen.size());
    rig.advance(Duration.ofMillis(1));
    machinery.claims().round();
    machinery.dispatch().start();

    assertEquals(2, rig.transport.seen.size());
  }

  @Test
  void rateOfConnections_isKeptByWhoeverAsks() throws InterruptedException {
    Rig rig = new Rig();
    RateLimit limit = RateLimit.connections("mx1", Rate.perSecond(2));
    rig.limits = new Limits(4, 4, 4, LONG, List.of(limit));
    rig.router.to("example.org", "10 mx1").to("example.net", "10 mx2");
    List<Long> connected = new ArrayList<>();
    rig.transport.at(
        "mx1",
        t -> {
          t.gate().connecting();
          connected.add(rig.nanos.get());
          return relays().play(t);
        });
    rig.transport.at("mx2", relays());
    for (int i = 0; i < 5; i++) {
      rig.submit("bob@shop.example", "r" + i + "@example.org");
      rig.submit("bob@shop.example", "r" + i + "@example.net");
    }

    rig.run();

    assertEquals(10, rig.events.outcomes.size());
    assertEquals(5, connected.size());
    for (int i = 1; i < 5; i++) {
      assertEquals(500_000_000L, connected.get(i) - connected.get(i - 1));
    }
  }

  @Test
  void exchangesInAnotherOrder_areTheSameLane() {
    assertEquals(
        LaneMap.exchanges(List.of(LaneSimulation.route("b"), LaneSimulation.route("a"))),
        LaneMap.exchanges(
            List.of(
                LaneSimulation.route("a"), LaneSimulation.route("b"), LaneSimulation.route("a"))));
  }

  private static LaneSimulation simulation(Limits limits) {
    return new LaneSimulation(limits);
  }
}
