package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of settling: whole, once, and remembered.
 *
 * @param <Q> the queue
 */
public interface QueueSettleContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void relayed_endsForGoodAndIsRemembered() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@x.example")));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Settlement relayed = QueueMail.relayed(lease, NOON);
      assertTrue(queue.settle(List.of(relayed)).get(0).isStored());
      assertEquals(List.of(Result.LEASE_LOST), queue.settle(List.of(relayed)));
      SubmissionStatus status = queue.status(new SubmissionId("m")).orElseThrow();
      assertTrue(status.isEnded());
      assertEquals(relayed.ended(), status.ended());
      assertEquals(0, queue.stats().pending());
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON.plus(Duration.ofDays(1)))));
    }
  }

  @Test
  default void rescheduled_goesOnWithAllItRemembers() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@x.example")));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Instant due = NOON.plusSeconds(300);
      Delivery after = after(lease.delivery(), due);
      Settlement settlement =
          new Settlement(
              lease,
              List.of(outcome(lease.delivery(), 0, Outcome.End.BOUNCED)),
              Optional.of(new Rest.Rescheduled(after)),
              List.of(),
              NOON);
      assertTrue(queue.settle(List.of(settlement)).get(0).isStored());
      assertEquals(List.of(), queue.claim(QueueMail.everything(due.minusMillis(1))));
      assertEquals(after, queue.claim(QueueMail.everything(due)).get(0).delivery());
      SubmissionStatus status = queue.status(new SubmissionId("m")).orElseThrow();
      assertFalse(status.isEnded());
      assertEquals(settlement.ended(), status.ended());
    }
  }

  private static Delivery after(Delivery before, Instant due) {
    Diagnostic heard =
        new Diagnostic(
            EnhancedStatusCode.of("4.2.2"),
            Category.MAILBOX_FULL,
            Optional.of(org.mxrelay.reply.Stage.RCPT),
            "mx1.x.example",
            "452 4.2.2 \"full\",\\ 100%\t; try | later ü",
            "why, in\nwords");
    OpenRecipient rest = new OpenRecipient(before.open().get(1).recipient(), Optional.of(heard));
    return new Delivery(
        before.id(),
        before.submission(),
        before.destination(),
        before.reversePath(),
        before.options(),
        List.of(rest),
        before.facts(),
        before.queuedAt(),
        due,
        7,
        Optional.of(new Delivery.Uncertainty("mx1.x.example", 10, NOON.minusSeconds(5))),
        Optional.of(NOON.minusSeconds(3)));
  }

  private static Outcome outcome(Delivery delivery, int index, Outcome.End end) {
    Mailbox mailbox = delivery.open().get(index).mailbox();
    return new Outcome(delivery.submission(), mailbox, end, QueueMail.OK, 1, NOON);
  }

  @Test
  default void held_waitsForAPerson() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Rest rest = new Rest.Held(lease.delivery(), "look at it");
      queue.settle(List.of(new Settlement(lease, List.of(), Optional.of(rest), List.of(), NOON)));
      Instant later = NOON.plus(Duration.ofDays(30));
      assertEquals(List.of(), queue.claim(QueueMail.everything(later)));
      QueueEntry entry = queue.list(new Selection.All(), 0, 10).get(0);
      assertEquals(QueueEntry.State.HELD, entry.state());
      assertEquals("look at it", entry.why());
      assertEquals(1, queue.stats().held());
      assertEquals(0, queue.stats().pending());
    }
  }

  @Test
  default void spawnedMessage_isStoredWithTheOutcome() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Settlement bounced = QueueMail.ended(lease, Outcome.End.BOUNCED, NOON);
      Settlement spawning =
          new Settlement(
              lease,
              bounced.ended(),
              Optional.empty(),
              QueueMail.many("bounce", 1, NOON, "shop.example"),
              NOON);
      assertTrue(queue.settle(List.of(spawning)).get(0).isStored());
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      assertEquals(List.of("bounce-0"), QueueMail.ids(leases));
      assertTrue(QueueMail.bytes(queue.message(new SubmissionId("bounce-0"))).length > 0);
    }
  }

  @Test
  default void settlementsOfAList_areAnsweredInOrder() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 3, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      queue.settle(List.of(QueueMail.relayed(leases.get(1), NOON)));
      assertEquals(
          List.of(true, false, true),
          queue.settle(leases.stream().map(l -> QueueMail.relayed(l, NOON)).toList()).stream()
              .map(Result::isStored)
              .toList());
    }
  }

  @Test
  default void outcomes_areReadByCursor() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 5, NOON, "x.example"));
      for (Lease lease : queue.claim(QueueMail.everything(NOON))) {
        queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      }
      List<RecordedOutcome> all = queue.outcomes(0, 10);
      assertEquals(5, all.size());
      for (int i = 1; i < 5; i++) {
        assertTrue(all.get(i).cursor() > all.get(i - 1).cursor());
      }
      assertEquals(all.subList(0, 2), queue.outcomes(0, 2));
      assertEquals(all.subList(2, 5), queue.outcomes(all.get(1).cursor(), 10));
      assertEquals(List.of(), queue.outcomes(all.get(4).cursor(), 10));
    }
  }

  @Test
  default void outcomes_areForgottenAfterTheirRetention() {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      queue.claim(QueueMail.everything(clock.advance(Duration.ofDays(6))));
      assertEquals(1, queue.outcomes(0, 10).size());
      queue.claim(QueueMail.everything(clock.advance(Duration.ofDays(2))));
      assertEquals(List.of(), queue.outcomes(0, 10));
      assertEquals(Optional.empty(), queue.status(new SubmissionId("x-0")));
    }
  }

  @Test
  default void pendingMessage_isNeverForgotten() {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example", "b@y.example")));
      Lease one = queue.claim(QueueMail.room(NOON, 1, 1)).get(0);
      queue.settle(List.of(QueueMail.relayed(one, NOON)));
      Instant later = clock.advance(Duration.ofDays(3650));
      assertEquals(1, queue.claim(QueueMail.everything(later)).size());
      assertEquals(1, queue.outcomes(0, 10).size());
      assertEquals(1, queue.status(new SubmissionId("m")).orElseThrow().ended().size());
    }
  }
}
