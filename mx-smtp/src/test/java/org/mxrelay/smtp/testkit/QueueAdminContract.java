package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueEntry.State;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of looking, holding, releasing and flushing.
 *
 * @param <Q> the queue
 */
public interface QueueAdminContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void held_isNotClaimedUntilReleased() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      assertEquals(2, queue.hold(new Selection.All(), "wait", NOON));
      assertEquals(0, queue.hold(new Selection.All(), "again", NOON));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals("wait", queue.list(new Selection.All(), 0, 1).get(0).why());
      assertEquals(2, queue.release(new Selection.All(), NOON));
      assertEquals(0, queue.release(new Selection.All(), NOON));
      assertEquals(2, queue.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  default void heldWhileAttempted_isHeldWhenItSettles() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(1, queue.hold(new Selection.All(), "wait", NOON));
      assertEquals(0, queue.hold(new Selection.All(), "wait", NOON));
      assertEquals(State.LEASED, only(queue).state());
      queue.settle(List.of(QueueMail.rescheduled(lease, NOON, NOON)));
      assertEquals(State.HELD, only(queue).state());
      assertEquals("wait", only(queue).why());
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
    }
  }

  @Test
  default void heldWhileAttempted_relayedStaysRelayed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.hold(new Selection.All(), "wait", NOON);
      queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      assertEquals(0, queue.stats().held());
      assertEquals(1, queue.outcomes(0, 10).size());
    }
  }

  @Test
  default void heldThenReleasedWhileAttempted_goesOn() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.hold(new Selection.All(), "wait", NOON);
      assertEquals(1, queue.release(new Selection.All(), NOON));
      queue.settle(List.of(QueueMail.rescheduled(lease, NOON, NOON)));
      assertEquals(State.QUEUED, only(queue).state());
    }
  }

  @Test
  default void heldWhileAttempted_isHeldWhenGivenBackOrLost() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      queue.hold(new Selection.All(), "wait", NOON);
      queue.release(List.of(leases.get(0)));
      assertEquals(1, queue.stats().held());
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON.plus(QueueMail.LEASE))));
      assertEquals(2, queue.stats().held());
    }
  }

  @Test
  default void flush_makesScheduledAndPostponedDueAtOnce() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant later = NOON.plusSeconds(600);
      queue.add(QueueMail.many("x", 1, later, "x.example"));
      queue.add(QueueMail.many("y", 1, NOON, "y.example"));
      queue.postpone(QueueMail.to("y.example"), later);
      assertEquals(2, queue.flush(new Selection.All(), NOON));
      assertEquals(0, queue.flush(new Selection.All(), NOON));
      assertEquals(2, queue.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  default void flush_letsTheOldestGoFirst() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("oldest", NOON, "a@x.example")));
      Lease tried = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.settle(List.of(QueueMail.rescheduled(tried, NOON.plusSeconds(600), NOON)));
      queue.add(QueueMail.many("later", 3, NOON.plusSeconds(5), "x.example"));
      Instant back = NOON.plusSeconds(60);
      assertEquals(1, queue.flush(new Selection.All(), back));
      assertEquals(
          List.of("oldest", "later-0", "later-1", "later-2"),
          QueueMail.ids(queue.claim(QueueMail.everything(back))));
    }
  }

  @Test
  default void flush_leavesHeldAndLeasedAlone() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      queue.claim(QueueMail.everything(NOON));
      queue.add(QueueMail.many("y", 1, NOON.plusSeconds(600), "y.example"));
      queue.hold(new Selection.To(QueueMail.to("y.example")), "wait", NOON);
      assertEquals(0, queue.flush(new Selection.All(), NOON));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
    }
  }

  @Test
  default void selections_nameWhatTheyMean() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("one", NOON, "a@x.example", "b@y.example")));
      queue.add(List.of(QueueMail.submission("two", NOON, "a@x.example", "c@x.example")));
      assertEquals(3, count(queue, new Selection.All()));
      assertEquals(2, count(queue, new Selection.OfSubmission(new SubmissionId("one"))));
      assertEquals(0, count(queue, new Selection.OfSubmission(new SubmissionId("none"))));
      assertEquals(2, count(queue, new Selection.To(QueueMail.to("x.example"))));
      assertEquals(1, count(queue, new Selection.For(Mailbox.parse("c@x.example"))));
      assertEquals(0, count(queue, new Selection.For(Mailbox.parse("c@y.example"))));
      assertEquals(0, count(queue, new Selection.For(Mailbox.parse("_@x.example"))));
      assertEquals(1, queue.hold(new Selection.For(Mailbox.parse("b@y.example")), "w", NOON));
      assertEquals(1, queue.stats().held());
    }
  }

  @Test
  default void stats_countEachDeliveryOnce() {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(QueueMail.many("leased", 1, NOON.minusSeconds(9), "x.example"));
      queue.claim(QueueMail.room(NOON, 1, 1));
      queue.add(QueueMail.many("due", 2, NOON.minusSeconds(5), "x.example"));
      queue.add(QueueMail.many("later", 3, NOON.plusSeconds(5), "x.example"));
      queue.add(QueueMail.many("held", 4, NOON, "held.example"));
      queue.hold(new Selection.To(QueueMail.to("held.example")), "w", NOON);
      queue.add(QueueMail.many("postponed", 5, NOON, "p.example"));
      queue.postpone(QueueMail.to("p.example"), NOON.plusSeconds(60));
      Optional<Instant> oldest = Optional.of(NOON.minusSeconds(5));
      assertEquals(new QueueStats(2, 8, 1, 4, oldest), queue.stats());
      clock.set(NOON.plusSeconds(60));
      assertEquals(new QueueStats(10, 0, 1, 4, oldest), queue.stats());
    }
  }

  private static int count(QueueAdmin queue, Selection which) {
    return queue.list(which, 0, 100).size();
  }

  private static QueueEntry only(QueueAdmin queue) {
    List<QueueEntry> entries = queue.list(new Selection.All(), 0, 10);
    assertEquals(1, entries.size());
    return entries.get(0);
  }
}
