package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.checks.ObservedRelay;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.Explanation.Reason;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;

/** What people ask of a relay while it works: why, how it is, and to step in. */
class RelayAdminTest {

  private final ObservedRelay observed = new ObservedRelay();

  @AfterEach
  void stop() {
    observed.close();
  }

  private static Reason reason(MxRelay relay, SubmissionId id) {
    return relay.explain(id).orElseThrow().waiting().get(0).reason();
  }

  @Test
  void explain_saysThatItIsPausedThenWhatWasHeardAndWhenItGoesOn() throws Exception {
    observed.server.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("ann@") ? "451 4.3.0 come back" : ""));
    try (MxRelay relay = observed.builder().start()) {
      relay.pause();
      Receipt receipt = ObservedRelay.submit(relay, "ann@example.org");
      assertEquals(Reason.NO_ROOM, reason(relay, receipt.id()));
      relay.resume();
      assertTrue(observed.awaitDeferral());
      Explanation why = relay.explain(receipt.id()).orElseThrow();
      assertEquals(Reason.SCHEDULED, why.waiting().get(0).reason());
      assertTrue(why.waiting().get(0).lane().isPresent());
      String lines = String.join("\n", why.lines());
      assertTrue(lines.contains("waits for attempt 2 at "), lines);
      assertTrue(lines.contains("ann@example.org, 1 attempt: "), lines);
      assertTrue(lines.contains("451 4.3.0 come back"), lines);
      assertTrue(lines.contains("  to mx.test.example: "), lines);
    }
  }

  @Test
  void explain_ofWhatEndedAndOfWhatNeverWas() throws Exception {
    try (MxRelay relay = observed.builder().start()) {
      Receipt receipt = ObservedRelay.submit(relay, "ann@example.org");
      assertTrue(relay.drain(ObservedRelay.LONG));
      assertEquals(
          List.of("nothing waits: all 1 recipients have their outcome"),
          relay.explain(receipt.id()).orElseThrow().lines());
      assertEquals(Optional.empty(), relay.explain(new SubmissionId("never")));
    }
  }

  @Test
  void heldReleasedFlushedAndCancelled_throughTheFacade() throws Exception {
    try (MxRelay relay = observed.builder().start()) {
      relay.pause();
      Receipt receipt = ObservedRelay.submit(relay, "ann@example.org");
      Receipt other = ObservedRelay.submit(relay, "bob@example.net");
      Selection one = new Selection.OfSubmission(receipt.id());
      assertEquals(1, relay.admin().hold(one, "looks odd"));
      assertEquals(Reason.HELD, reason(relay, receipt.id()));
      assertEquals(1, relay.admin().release(one));
      assertEquals(0, relay.admin().flush(new Selection.To(Destination.parse("example.org"))));
      assertEquals(2, relay.admin().list(new Selection.All(), 0, 10).size());
      assertEquals(1, relay.admin().cancel(new Selection.OfSubmission(other.id())));
      relay.resume();
      assertTrue(relay.drain(ObservedRelay.LONG));
      assertEquals(
          List.of(Outcome.End.CANCELLED, Outcome.End.RELAYED),
          relay.outcomes(0, 10).stream().map(o -> o.outcome().outcome()).toList());
    }
  }

  @Test
  void queueThatPeopleCannotActOn_isSaid() {
    ForwardingQueue plain = new ForwardingQueue(InMemoryQueue.create()) {};
    try (MxRelay relay = observed.builder(plain).start()) {
      assertThrows(UnsupportedOperationException.class, relay::admin);
    }
  }

  @Test
  void health_isWorkingThenPausedThenClosed() throws Exception {
    MxRelay relay = observed.builder().start();
    ObservedRelay.submit(relay, "ann@example.org");
    assertTrue(relay.drain(ObservedRelay.LONG));
    RelayHealth working = relay.health();
    assertEquals(RelayHealth.State.WORKING, working.state());
    assertTrue(working.isStoreOk() && working.lastClaim().isPresent());
    relay.pause();
    assertEquals(RelayHealth.State.PAUSED, relay.health().state());
    relay.close();
    assertEquals(RelayHealth.State.CLOSED, relay.health().state());
    assertFalse(relay.health().isStoreOk());
  }

  @Test
  void health_ofAStoreThatFails_saysWhyAndGetsWellAgain() {
    AtomicBoolean full = new AtomicBoolean();
    ForwardingQueue store =
        new ForwardingQueue(InMemoryQueue.create()) {
          @Override
          public QueueStats stats() {
            if (full.get()) {
              throw new QueueException("the disk is full");
            }
            return super.stats();
          }
        };
    AtomicLong nanos = new AtomicLong();
    try (MxRelay relay = observed.builder(store).monotonic(nanos::get).start()) {
      full.set(true);
      assertEquals(RelayHealth.State.STORE_FAILS, relay.health().state());
      assertEquals("the disk is full", relay.health().why());
      full.set(false);
      assertEquals(RelayHealth.State.WORKING, relay.health().state());
      relay.close(Duration.ZERO);
    }
  }
}
