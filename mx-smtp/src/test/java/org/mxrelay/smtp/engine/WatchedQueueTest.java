package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.Postponement;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

final class WatchedQueueTest {

  private final ManualClock clock = ManualClock.at(QueueMail.NOON);
  private final List<String> heard = new ArrayList<>();
  private final Pulse pulse = new Pulse();
  private final FaultyQueue store = new FaultyQueue(InMemoryQueue.create(clock));
  private final WatchedQueue queue =
      new WatchedQueue(
          store,
          new RelayListener() {
            @Override
            public void claimed(RelayEvent.Claimed e) {
              heard.add("claimed " + e.submission() + " " + e.claims());
            }

            @Override
            public void givenBack(RelayEvent.GivenBack e) {
              heard.add("given back " + e.submission());
            }

            @Override
            public void postponed(Postponement e) {
              heard.add((e.isOver() ? "answers " : "postponed ") + e.destination());
            }
          },
          new Times(clock, () -> 0, new SplittableRandom(1), length -> {}),
          pulse);

  @Test
  void whatTheEngineAsksFor_isTold() {
    queue.add(QueueMail.many("m", 1, QueueMail.NOON, "x.example"));
    List<Lease> leases = queue.claim(QueueMail.everything(QueueMail.NOON));
    queue.release(leases);
    queue.claim(QueueMail.everything(QueueMail.NOON));
    queue.postpone(QueueMail.to("x.example"), QueueMail.NOON.plus(Duration.ofMinutes(1)));
    queue.postpone(QueueMail.to("x.example"), QueueMail.NOON);
    assertEquals(
        List.of(
            "claimed m-0 1",
            "given back m-0",
            "claimed m-0 1",
            "postponed x.example",
            "answers x.example"),
        heard);
  }

  @Test
  void pulse_knowsTheLastClaimAndTheLastFailureUntilTheStoreAnswers() {
    assertEquals(Optional.empty(), pulse.lastClaim());
    queue.add(QueueMail.many("m", 1, QueueMail.NOON, "x.example"));
    Lease lease = queue.claim(QueueMail.everything(QueueMail.NOON)).get(0);
    assertEquals(Optional.of(QueueMail.NOON), pulse.lastClaim());
    store.settleFailures.set(1);
    assertThrows(
        QueueException.class,
        () -> queue.settle(List.of(QueueMail.relayed(lease, QueueMail.NOON))));
    assertEquals("the disk is full", pulse.failure().orElseThrow().why());
    assertTrue(queue.settle(List.of(QueueMail.relayed(lease, QueueMail.NOON))).get(0).isStored());
    assertEquals(Optional.empty(), pulse.failure());
  }
}
