package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Outcome.End;

/** The engine with its threads. */
class EngineTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Rig rig = new Rig();
  private final Blocker blocker = new Blocker();

  @BeforeEach
  void routes() {
    rig.router.to("example.org", "10 mx1, 10 mx2");
    rig.transport.at("mx1", relays()).at("mx2", relays());
  }

  @Test
  void manyMessages_areAllRelayedOnce() throws InterruptedException {
    Engine engine = Engine.start(rig.parts());
    for (int i = 0; i < 300; i++) {
      rig.router.to("d" + i % 7 + ".example", "10 mx1");
      rig.submit("bob@shop.example", "r" + i + "@d" + i % 7 + ".example");
    }

    assertTrue(engine.drain(LONG));
    engine.close(LONG);

    assertEquals(300, rig.events.outcomes.stream().distinct().count());
    assertEquals(300, rig.transport.seen.size());
  }

  @Test
  void storeThatCannotBeAsked_isNotTakenForEmpty() throws InterruptedException {
    rig.queue.statsFailures.set(3);
    rig.submit("bob@shop.example", "ann@example.org");
    Engine engine = Engine.start(rig.parts());

    assertTrue(engine.drain(LONG));
    engine.close(LONG);

    assertEquals(0, rig.queue.statsFailures.get());
    assertEquals(1, rig.events.outcomes.size());
  }

  @Test
  void sessionsAtATime_areBoundedInAllAndPerSetOfExchanges() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    Map<String, AtomicInteger> lanes = new ConcurrentHashMap<>();
    AtomicInteger worst = new AtomicInteger();
    AtomicInteger worstLane = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      rig.transport.at(
          "mx" + i,
          t -> {
            AtomicInteger lane =
                lanes.computeIfAbsent(t.route().exchange(), d -> new AtomicInteger());
            worst.accumulateAndGet(now.incrementAndGet(), Math::max);
            worstLane.accumulateAndGet(lane.incrementAndGet(), Math::max);
            Thread.yield();
            lane.decrementAndGet();
            now.decrementAndGet();
            return relays().play(t);
          });
    }
    for (int i = 0; i < 200; i++) {
      rig.router.to("d" + i % 15 + ".example", "10 mx" + i % 3);
      rig.submit("bob@shop.example", "r" + i + "@d" + i % 15 + ".example");
    }

    Engine engine = Engine.start(rig.parts());
    assertTrue(engine.drain(LONG));
    engine.close(LONG);

    assertTrue(worst.get() <= 4, "sessions at a time: " + worst);
    assertTrue(worstLane.get() <= 2, "sessions with an exchange at a time: " + worstLane);
  }

  @Test
  void workersOfDifferentDestinations_workAtTheSameTime() throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(4);
    rig.transport.at(
        "mx1",
        t -> {
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (java.util.concurrent.BrokenBarrierException
              | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
          }
          return relays().play(t);
        });
    for (int i = 0; i < 4; i++) {
      rig.router.to("d" + i + ".example", "10 mx1, 20 mx" + (i + 2));
      rig.submit("bob@shop.example", "ann@d" + i + ".example");
    }

    Engine engine = Engine.start(rig.parts());
    assertTrue(engine.drain(LONG));
    engine.close(LONG);
  }

  @Test
  void idleEngine_waitsForTheStore() throws InterruptedException {
    CountDownLatch waits = rig.queue.waits;
    Engine engine = Engine.start(rig.parts());

    assertTrue(waits.await(30, TimeUnit.SECONDS));
    assertEquals(1, rig.queue.claims.size());
    rig.submit("bob@shop.example", "ann@example.org");
    assertTrue(engine.drain(LONG));
    engine.close(LONG);
  }

  @Test
  void pausedEngine_claimsNothingUntilResumed() throws InterruptedException {
    Engine engine = Engine.start(rig.parts());
    assertTrue(rig.queue.waits.await(30, TimeUnit.SECONDS));
    engine.pause();
    rig.submit("bob@shop.example", "ann@example.org");

    // One claim may have been on its way; the next would find the message.
    assertFalse(engine.drain(Duration.ofMillis(50)) && rig.queue.claims.size() > 2);
    engine.resume();

    assertTrue(engine.drain(LONG));
    engine.close(LONG);
    assertEquals(1, rig.events.outcomes.size());
  }

  @Test
  void closeBeforeTheLastByte_givesTheDeliveryBack() throws InterruptedException {
    rig.transport.at("mx1", blocker.beforeTheLastByte(relays()));
    rig.submit("bob@shop.example", "ann@example.org");
    Engine engine = Engine.start(rig.parts());
    assertTrue(blocker.reached.await(30, TimeUnit.SECONDS));

    engine.close(LONG);

    assertEquals(1, rig.queue.released.size());
    Delivery back = rig.onlyPending();
    assertEquals(0, back.attempts());
    assertEquals(Rig.START, back.due());
    assertEquals(List.of(), rig.events.lines);
    assertEquals(0, rig.queue.stats().leased());
  }

  @Test
  void closeAfterTheLastByte_waitsForTheReply() throws Exception {
    rig.transport.at("mx1", blocker.afterTheLastByte(relays()));
    rig.submit("bob@shop.example", "ann@example.org");
    Engine engine = Engine.start(rig.parts());
    assertTrue(blocker.reached.await(30, TimeUnit.SECONDS));

    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> engine.close(LONG));
    blocker.goOn.countDown();
    closing.get(30, TimeUnit.SECONDS);

    assertEquals(End.RELAYED, rig.events.outcomes.get(0).outcome());
    assertEquals(0, rig.queue.stats().pending());
  }

  @Test
  void g6_closeThatCannotWaitForTheReply_storesTheUncertainOutcome() throws InterruptedException {
    rig.transport.at("mx1", blocker.afterTheLastByte(relays()));
    rig.submit("bob@shop.example", "ann@example.org");
    Engine engine = Engine.start(rig.parts());
    assertTrue(blocker.reached.await(30, TimeUnit.SECONDS));

    engine.close(Duration.ofMillis(20));

    assertEquals(
        List.of("uncertain ann@example.org", "deferred ann@example.org"), rig.events.lines);
    Delivery waiting = rig.onlyPending();
    assertEquals("mx1", waiting.uncertain().orElseThrow().exchange());
    assertEquals(Rig.START.plus(Duration.ofMinutes(15)), waiting.due());
    assertEquals(1, waiting.attempts());

    // The reply that comes too late changes nothing any more.
    blocker.goOn.countDown();
    assertTrue(blocker.left.await(30, TimeUnit.SECONDS));
    assertEquals(1, rig.queue.settled.size());
  }

  @Test
  void closeOnADeafTransport_shutsTheGateAndGivesBack() throws InterruptedException {
    rig.transport.at("mx1", blocker.deafBeforeTheLastByte(relays()));
    rig.submit("bob@shop.example", "ann@example.org");
    Engine engine = Engine.start(rig.parts());
    assertTrue(blocker.reached.await(30, TimeUnit.SECONDS));

    engine.close(Duration.ofMillis(20));
    assertEquals(1, rig.queue.released.size());
    blocker.goOn.countDown();
    assertTrue(blocker.left.await(30, TimeUnit.SECONDS));

    assertEquals(List.of(), rig.queue.settled);
    assertEquals(1, rig.queue.stats().due());
  }

  @Test
  void close_givesBackWhatWasClaimedAndNotBegun() throws InterruptedException {
    rig.limits = Rig.limits(2, 20);
    rig.transport.at("mx1", blocker.beforeTheLastByte(relays()));
    for (int i = 0; i < 10; i++) {
      rig.submit("bob@shop.example", "r" + i + "@example.org");
    }
    Engine engine = Engine.start(rig.parts());
    assertTrue(blocker.reached.await(30, TimeUnit.SECONDS));

    engine.close(LONG);

    assertEquals(10, rig.queue.stats().due());
    assertEquals(0, rig.queue.stats().leased());
    assertTrue(rig.pending().stream().allMatch(d -> d.attempts() == 0));
  }
}
