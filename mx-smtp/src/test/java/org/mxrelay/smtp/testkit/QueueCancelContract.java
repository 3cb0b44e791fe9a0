package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of cancelling: it ends what is open, and nothing that has ended.
 *
 * @param <Q> the queue
 */
public interface QueueCancelContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void cancelled_endsAtOnce() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      queue.hold(new Selection.OfSubmission(new SubmissionId("x-1")), "wait", NOON);
      assertEquals(2, queue.cancel(new Selection.All(), NOON));
      assertEquals(0, queue.cancel(new Selection.All(), NOON));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals("user0@x.example=CANCELLED user1@x.example=CANCELLED", outcomes(queue));
      assertTrue(queue.status(new SubmissionId("x-0")).orElseThrow().isEnded());
      assertThrows(QueueException.class, () -> queue.message(new SubmissionId("x-0")));
    }
  }

  @Test
  default void oneRecipientCancelled_theOthersGoOn() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@x.example")));
      Selection one = new Selection.For(Mailbox.parse("a@x.example"));
      assertEquals(1, queue.cancel(one, NOON));
      assertEquals(0, queue.cancel(one, NOON));
      assertEquals("a@x.example=CANCELLED", outcomes(queue));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(List.of("b@x.example"), QueueMail.open(lease.delivery()));
    }
  }

  @Test
  default void cancelledWhileAttempted_endsWhenItSettles() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(1, queue.cancel(new Selection.All(), NOON));
      assertEquals(0, queue.cancel(new Selection.All(), NOON));
      assertEquals(1, queue.stats().leased());
      assertEquals("", outcomes(queue));
      assertTrue(queue.settle(List.of(QueueMail.rescheduled(lease, NOON, NOON))).get(0).isStored());
      assertEquals("user0@x.example=CANCELLED", outcomes(queue));
      assertEquals(0, queue.stats().pending());
    }
  }

  @Test
  default void cancelledOrHeldWhileAttempted_theAnswerSaysWhatWasStored() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      queue.cancel(new Selection.OfSubmission(leases.get(0).delivery().submission()), NOON);
      queue.hold(
          new Selection.OfSubmission(leases.get(1).delivery().submission()), "a look first", NOON);
      List<Result> answers =
          queue.settle(leases.stream().map(l -> QueueMail.rescheduled(l, NOON, NOON)).toList());
      Settlement cancelled = answers.get(0).stored().orElseThrow();
      assertEquals(Outcome.End.CANCELLED, cancelled.ended().get(0).outcome());
      assertEquals(Optional.empty(), cancelled.rest());
      Rest.Held held =
          assertInstanceOf(Rest.Held.class, answers.get(1).stored().orElseThrow().rest().get());
      assertEquals("a look first", held.why());
      assertEquals(List.of(), queue.ownHolds(), "people asked for it");
    }
  }

  @Test
  default void cancelledWhileAttempted_relayedStaysRelayed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@x.example")));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.cancel(new Selection.All(), NOON);
      Delivery delivery = lease.delivery();
      Delivery rest = delivery.withOpen(delivery.open().subList(1, 2));
      Settlement settlement =
          new Settlement(
              lease,
              QueueMail.relayed(lease, NOON).ended().subList(0, 1),
              Optional.of(new Rest.Rescheduled(rest)),
              List.of(),
              NOON);
      queue.settle(List.of(settlement));
      assertEquals("a@x.example=RELAYED b@x.example=CANCELLED", outcomes(queue));
    }
  }

  @Test
  default void oneRecipientCancelledWhileAttempted_theOthersGoOn() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@x.example")));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Selection one = new Selection.For(Mailbox.parse("a@x.example"));
      assertEquals(1, queue.cancel(one, NOON));
      assertEquals(0, queue.cancel(one, NOON));
      queue.settle(List.of(QueueMail.rescheduled(lease, NOON, NOON)));
      assertEquals("a@x.example=CANCELLED", outcomes(queue));
      Lease again = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(List.of("b@x.example"), QueueMail.open(again.delivery()));
    }
  }

  @Test
  default void cancelledWhileAttempted_endsWhenGivenBackOrLost() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      queue.cancel(new Selection.All(), NOON);
      queue.release(List.of(leases.get(0)));
      assertEquals(1, queue.outcomes(0, 10).size());
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON.plus(QueueMail.LEASE))));
      assertEquals("user0@x.example=CANCELLED user1@x.example=CANCELLED", outcomes(queue));
    }
  }

  private static String outcomes(DeliveryQueue queue) {
    return queue.outcomes(0, 100).stream()
        .map(o -> o.outcome().recipient() + "=" + o.outcome().outcome())
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
