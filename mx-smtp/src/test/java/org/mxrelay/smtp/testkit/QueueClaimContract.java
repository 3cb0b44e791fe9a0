package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of claims: only what is due, in order, within the room.
 *
 * @param <Q> the queue
 */
public interface QueueClaimContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void notYetDue_isNotClaimed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("later", NOON.plusMillis(1), "a@x.example")));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals(
          List.of("later"), QueueMail.ids(queue.claim(QueueMail.everything(NOON.plusMillis(1)))));
    }
  }

  @Test
  default void claimed_isNotClaimedAgain() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      assertEquals(3, queue.claim(QueueMail.everything(NOON)).size());
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
    }
  }

  @Test
  default void lease_saysUntilWhenAndHowOften() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example")));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(NOON.plus(QueueMail.LEASE), lease.until());
      assertEquals(1, lease.claims());
    }
  }

  @Test
  default void earliestDueOfADestination_comesFirst() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant before = NOON.minusSeconds(60);
      queue.add(List.of(QueueMail.submission("new", NOON, "a@x.example")));
      queue.add(List.of(QueueMail.submission("old", before, "a@x.example")));
      assertEquals(List.of("old"), QueueMail.ids(queue.claim(QueueMail.room(NOON, 1, 1))));
      assertEquals(List.of("new"), QueueMail.ids(queue.claim(QueueMail.room(NOON, 1, 1))));
    }
  }

  @Test
  default void room_isNeverExceeded() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 10, NOON, "x.example"));
      queue.add(QueueMail.many("y", 10, NOON, "y.example"));
      assertEquals(4, queue.claim(QueueMail.room(NOON, 100, 2)).size());
      assertEquals(3, queue.claim(QueueMail.room(NOON, 3, 10)).size());
    }
  }

  @Test
  default void mostPerDestination_isTheFreeRoomOfTheCaller() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 10, NOON, "x.example"));
      assertEquals(2, queue.claim(QueueMail.room(NOON, 100, 2)).size());
      assertEquals(
          2,
          queue.claim(QueueMail.room(NOON, 100, 2)).size(),
          "leases that are out do not count against the room");
    }
  }

  @Test
  default void blockedDestination_isNotClaimed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 3, NOON.minusSeconds(9), "x.example"));
      queue.add(QueueMail.many("y", 1, NOON, "y.example"));
      ClaimRequest request =
          new ClaimRequest(NOON, QueueMail.LEASE, 10, 10, Set.of(QueueMail.to("x.example")));
      assertEquals(List.of("y-0"), QueueMail.ids(queue.claim(request)));
      assertEquals(3, queue.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  default void postponedDestination_isDueAtThatTimeAndNotBefore() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant until = NOON.plusSeconds(600);
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      queue.postpone(QueueMail.to("x.example"), until);
      queue.add(QueueMail.many("more", 1, NOON, "x.example"));
      queue.add(QueueMail.many("y", 1, NOON, "y.example"));
      List<Lease> others = queue.claim(QueueMail.everything(NOON));
      assertEquals(List.of("y-0"), QueueMail.ids(others));
      queue.settle(List.of(QueueMail.relayed(others.get(0), NOON)));
      assertEquals(List.of(), queue.claim(QueueMail.everything(until.minusMillis(1))));
      assertEquals(3, queue.claim(QueueMail.everything(until)).size());
    }
  }

  @Test
  default void postponement_isToldUntilItIsOver() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Destination to = QueueMail.to("x.example");
      Instant until = NOON.plusSeconds(90);
      assertEquals(Optional.empty(), queue.postponedUntil(to, NOON));
      queue.postpone(to, until);
      assertEquals(Optional.of(until), queue.postponedUntil(to, NOON));
      assertEquals(Optional.empty(), queue.postponedUntil(to, until));
      queue.flush(new Selection.To(to), NOON);
      queue.postpone(to, NOON);
      assertEquals(Optional.empty(), queue.postponedUntil(to, NOON));
    }
  }

  @Test
  default void laterPostponement_replacesTheEarlier() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      queue.postpone(QueueMail.to("x.example"), NOON.plusSeconds(600));
      queue.postpone(QueueMail.to("x.example"), NOON.plusSeconds(5));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals(1, queue.claim(QueueMail.everything(NOON.plusSeconds(5))).size());
    }
  }

  @Test
  default void postponementOfANewDestination_holdsForWhatIsAddedLater() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.postpone(QueueMail.to("x.example"), NOON.plusSeconds(5));
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals(1, queue.claim(QueueMail.everything(NOON.plusSeconds(5))).size());
    }
  }

  @Test
  default void overdueOnes_areClaimedThoughPostponedIfTheyAreDue() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("old", 2, NOON, "x.example"));
      Instant later = NOON.plusSeconds(100);
      queue.add(QueueMail.many("new", 2, later, "x.example"));
      Lease waiting = queue.claim(QueueMail.room(NOON, 1, 1)).get(0);
      queue.settle(List.of(QueueMail.rescheduled(waiting, later.plusSeconds(1), NOON)));
      queue.postpone(QueueMail.to("x.example"), later.plusSeconds(600));
      assertEquals(List.of(), queue.claim(QueueMail.everything(later)));
      ClaimRequest request =
          new ClaimRequest(later, QueueMail.LEASE, 10, 1, Set.of(), NOON, Instant.MIN);
      assertEquals(List.of("old-1"), QueueMail.ids(queue.claim(request)));
      assertEquals(List.of(), queue.claim(request));
    }
  }

  @Test
  default void overdueOnes_ofABlockedDestinationAreNotClaimed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("old", 2, NOON, "x.example"));
      queue.postpone(QueueMail.to("x.example"), NOON.plusSeconds(600));
      Set<Destination> blocked = Set.of(QueueMail.to("x.example"));
      ClaimRequest request = new ClaimRequest(NOON, QueueMail.LEASE, 10, 10, blocked, NOON, NOON);
      assertEquals(List.of(), queue.claim(request));
    }
  }

  @Test
  default void lateOnes_areClaimedThoughPostponedIfTheyAreDueAndNobodyWasTold() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("old", 3, NOON, "x.example"));
      Instant later = NOON.plusSeconds(100);
      queue.add(QueueMail.many("new", 1, later, "x.example"));
      List<Lease> first = queue.claim(QueueMail.room(NOON, 2, 2));
      Settlement waits = QueueMail.rescheduled(first.get(0), later.plusSeconds(1), NOON);
      Settlement told = QueueMail.told(QueueMail.rescheduled(first.get(1), NOON, NOON));
      queue.settle(List.of(waits, told));
      queue.postpone(QueueMail.to("x.example"), later.plusSeconds(600));
      ClaimRequest request =
          new ClaimRequest(later, QueueMail.LEASE, 10, 1, Set.of(), Instant.MIN, NOON);
      assertEquals(List.of("old-2"), QueueMail.ids(queue.claim(request)));
      assertEquals(List.of(), queue.claim(request));
    }
  }

  @Test
  default void lateOneThatWasTold_isClaimedWhenThePostponementEnds() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("old", 1, NOON, "x.example"));
      Instant until = NOON.plusSeconds(600);
      queue.postpone(QueueMail.to("x.example"), until);
      ClaimRequest late =
          new ClaimRequest(NOON, QueueMail.LEASE, 10, 1, Set.of(), Instant.MIN, NOON);
      Lease lease = queue.claim(late).get(0);
      queue.settle(List.of(QueueMail.told(QueueMail.rescheduled(lease, NOON, NOON))));
      assertEquals(List.of(), queue.claim(late));
      assertEquals(List.of(), queue.claim(QueueMail.everything(until.minusMillis(1))));
      Lease after = queue.claim(QueueMail.everything(until)).get(0);
      assertEquals(NOON, after.delivery().due());
      assertEquals(Optional.of(NOON), after.delivery().delayNoticed());
    }
  }

  @Test
  default void listing_whileClaiming_seesEachOnce() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 50, NOON, "x.example"));
      long after = 0;
      int seen = 0;
      for (int page = 0; page < 5; page++) {
        queue.claim(QueueMail.room(NOON, 7, 7));
        var entries = queue.list(new Selection.All(), after, 10);
        for (var entry : entries) {
          assertTrue(entry.delivery().id() > after);
          after = entry.delivery().id();
          seen++;
        }
      }
      assertEquals(50, seen);
      assertEquals(List.of(), queue.list(new Selection.All(), after, 10));
    }
  }

  @Test
  default void wallClockSetBack_neitherLosesNorRepeats() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.room(NOON, 1, 1)).get(0);
      Instant past = NOON.minus(Duration.ofDays(3650));
      Submission then = QueueMail.submission("then", past, "a@y.example");
      queue.add(List.of(then));
      List<Lease> pastOnes = queue.claim(QueueMail.everything(past));
      assertEquals(List.of("then"), QueueMail.ids(pastOnes));
      queue.settle(
          List.of(QueueMail.relayed(lease, past), QueueMail.relayed(pastOnes.get(0), past)));
      assertEquals(List.of("x-1"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
    }
  }

  @Test
  default void wallClockSetForward_losesNothing() {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(QueueMail.many("x", 3, NOON, "x.example"));
      queue.claim(QueueMail.room(NOON, 1, 1));
      Instant future = clock.advance(Duration.ofDays(3650));
      assertEquals(3, queue.claim(QueueMail.everything(future)).size());
      assertEquals(3, queue.stats().leased());
    }
  }
}
