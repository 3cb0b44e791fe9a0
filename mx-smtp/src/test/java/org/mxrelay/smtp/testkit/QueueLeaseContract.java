package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.LEASE;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of leases: one owner, fenced, and what becomes of those that are lost.
 *
 * @param <Q> the queue
 */
public interface QueueLeaseContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void leaseThatRanOut_isClaimedAgainWithAGreaterToken() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease first = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON.plus(LEASE).minusMillis(1))));
      Lease second = queue.claim(QueueMail.everything(NOON.plus(LEASE))).get(0);
      assertTrue(second.token() > first.token());
      assertEquals(first.delivery().id(), second.delivery().id());
      assertEquals(2, second.claims());
    }
  }

  @Test
  default void renewedLease_lastsLonger() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Instant later = NOON.plusSeconds(50);
      assertEquals(Set.of(), queue.renew(List.of(lease), later, LEASE));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON.plus(LEASE))));
      assertEquals(1, queue.claim(QueueMail.everything(later.plus(LEASE))).size());
    }
  }

  @Test
  default void renew_namesThoseThatAreLost() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      List<Lease> old = queue.claim(QueueMail.everything(NOON));
      Instant later = NOON.plus(LEASE);
      Lease taken = queue.claim(QueueMail.room(later, 1, 1)).get(0);
      Lease stale =
          old.stream().filter(l -> l.delivery().id() == taken.delivery().id()).findAny().get();
      assertTrue(queue.renew(old, later, LEASE).contains(stale));
      assertEquals(Set.of(), queue.renew(List.of(taken), later, LEASE));
    }
  }

  @Test
  default void zombie_storesNothing() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease zombie = queue.claim(QueueMail.everything(NOON)).get(0);
      Instant later = NOON.plus(LEASE);
      Lease owner = queue.claim(QueueMail.everything(later)).get(0);
      Settlement relayed = QueueMail.relayed(zombie, later);
      Settlement spawning =
          new Settlement(
              zombie,
              relayed.ended(),
              Optional.empty(),
              QueueMail.many("spawned", 1, later, "shop.example"),
              later);
      assertEquals(List.of(Result.LEASE_LOST), queue.settle(List.of(spawning)));
      queue.release(List.of(zombie));
      assertEquals(List.of(), queue.outcomes(0, 10));
      assertEquals(1, queue.stats().leased());
      assertEquals(1, queue.stats().pending());
      assertTrue(queue.settle(List.of(QueueMail.relayed(owner, later))).get(0).isStored());
    }
  }

  @Test
  default void leaseThatRanOutButNobodyTook_stillSettles() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      Instant late = NOON.plus(LEASE).plusSeconds(3600);
      assertTrue(queue.settle(List.of(QueueMail.relayed(lease, late))).get(0).isStored());
      assertEquals(List.of(), queue.claim(QueueMail.everything(late)));
    }
  }

  @Test
  default void releasedLease_isAsIfItHadNeverBeenClaimed() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease first = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.release(List.of(first));
      assertEquals(
          List.of(Result.LEASE_LOST), queue.settle(List.of(QueueMail.relayed(first, NOON))));
      Lease second = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(first.delivery(), second.delivery());
      assertEquals(1, second.claims());
      assertTrue(second.token() > first.token());
    }
  }

  @Test
  default void settle_clearsTheCrashCounter() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      queue.claim(QueueMail.everything(NOON));
      Instant now = NOON.plus(LEASE);
      Lease second = queue.claim(QueueMail.everything(now)).get(0);
      queue.settle(List.of(QueueMail.rescheduled(second, now, now)));
      assertEquals(1, queue.claim(QueueMail.everything(now)).get(0).claims());
    }
  }

  @Test
  default void lostThreeTimes_isClaimedAlone() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant now = loseThrice(queue);
      queue.add(QueueMail.many("y", 5, now, "y.example"));
      Lease other = alone(queue, now);
      assertEquals("x-0", other.delivery().submission().value());
      assertEquals(4, other.claims());
      assertEquals(List.of(), queue.claim(QueueMail.everything(now)), "nothing beside it");
      queue.settle(List.of(QueueMail.relayed(other, now)));
      assertEquals(5, queue.claim(QueueMail.everything(now)).size());
    }
  }

  @Test
  default void lostThreeTimes_waitsWhileOthersAreLeased() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("y", 1, NOON, "y.example"));
      Lease busy = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      Instant now = NOON;
      for (int i = 0; i < 3; i++) {
        assertEquals(List.of("x-0"), QueueMail.ids(queue.claim(QueueMail.everything(now))));
        now = now.plus(LEASE);
        assertEquals(Set.of(), queue.renew(List.of(busy), now.minusSeconds(1), LEASE));
      }
      assertEquals(List.of(), queue.claim(QueueMail.everything(now)));
      queue.settle(List.of(QueueMail.relayed(busy, now)));
      assertEquals(List.of("x-0"), QueueMail.ids(queue.claim(QueueMail.everything(now))));
    }
  }

  @Test
  default void slowOneAlone_stopsTheOthersForOneLeaseAtMost() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant now = loseThrice(queue);
      Lease alone = alone(queue, now);
      queue.add(QueueMail.many("y", 5, now, "y.example"));
      queue.renew(List.of(alone), now.plusSeconds(40), LEASE);
      assertEquals(List.of(), queue.claim(QueueMail.everything(now.plusSeconds(59))));
      assertEquals(5, queue.claim(QueueMail.everything(now.plus(LEASE))).size());
    }
  }

  @Test
  default void lostAloneAgain_isHeldNotBounced() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant now = loseThrice(queue);
      alone(queue, now);
      assertEquals(List.of(), queue.ownHolds());
      assertEquals(List.of(), queue.claim(QueueMail.everything(now.plus(LEASE))));
      QueueEntry entry = queue.list(new Selection.All(), 0, 10).get(0);
      assertEquals(List.of(entry), queue.ownHolds());
      assertEquals(List.of(), queue.ownHolds(), "told once");
      assertEquals(QueueEntry.State.HELD, entry.state());
      assertTrue(entry.why().contains("4 times"), entry.why());
      assertEquals(List.of(), queue.outcomes(0, 10));
      assertEquals(1, queue.release(new Selection.All(), now.plus(LEASE)));
      assertEquals(1, queue.claim(QueueMail.everything(now.plus(LEASE))).get(0).claims());
    }
  }

  @Test
  default void lostAloneAgainButCancelledMeanwhile_isNotHeld() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Instant now = loseThrice(queue);
      alone(queue, now);
      queue.cancel(new Selection.All(), now);
      assertEquals(List.of(), queue.claim(QueueMail.everything(now.plus(LEASE))));
      assertEquals(List.of(), queue.ownHolds());
      assertEquals(0, queue.stats().pending());
    }
  }

  private static Instant loseThrice(DeliveryQueue queue) {
    queue.add(QueueMail.many("x", 1, NOON, "x.example"));
    Instant now = NOON;
    for (int claims = 1; claims <= 3; claims++) {
      assertEquals(claims, queue.claim(QueueMail.everything(now)).get(0).claims());
      now = now.plus(LEASE);
    }
    return now;
  }

  private static Lease alone(DeliveryQueue queue, Instant now) {
    List<Lease> leases = queue.claim(QueueMail.everything(now));
    assertEquals(1, leases.size());
    return leases.get(0);
  }
}
