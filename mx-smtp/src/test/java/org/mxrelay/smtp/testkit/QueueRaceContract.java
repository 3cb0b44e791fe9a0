package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises to several who work with it at a time (G4, G14).
 *
 * @param <Q> the queue
 */
public interface QueueRaceContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  /** How many deliveries two workers share. */
  int DELIVERIES = 10_000;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  default void twoWorkersAndTenThousandDeliveries_noneTwiceAndNoneLost() throws Exception {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.attach();
      for (int i = 0; i < 10; i++) {
        queue.add(QueueMail.many("d" + i, DELIVERIES / 10, NOON, "d" + i + ".example"));
      }
      Queue<Long> worked = new ConcurrentLinkedQueue<>();
      CompletableFuture<Void> one = CompletableFuture.runAsync(() -> work(queue, worked));
      CompletableFuture<Void> two = CompletableFuture.runAsync(() -> work(queue, worked));
      pageThrough(queue);
      CompletableFuture.allOf(one, two).get(9, TimeUnit.MINUTES);
      assertEquals(DELIVERIES, worked.size(), "worked on");
      assertEquals(DELIVERIES, new HashSet<>(worked).size(), "each once");
      assertEquals(0, queue.stats().pending());
      assertEquals(DELIVERIES, ended(queue));
    }
  }

  /** Claims and settles until nothing is left; every tenth is given back once. */
  private static void work(DeliveryQueue queue, Queue<Long> worked) {
    Set<Long> givenBack = new HashSet<>();
    List<Lease> leases = queue.claim(QueueMail.room(NOON, 200, 50));
    while (!leases.isEmpty() || queue.stats().pending() > 0) {
      List<Lease> back =
          leases.stream()
              .filter(l -> l.delivery().id() % 10 == 0 && givenBack.add(l.delivery().id()))
              .toList();
      List<Lease> rest = leases.stream().filter(l -> !back.contains(l)).toList();
      queue.release(back);
      queue
          .settle(rest.stream().map(l -> QueueMail.relayed(l, NOON)).toList())
          .forEach(result -> assertTrue(result.isStored()));
      rest.forEach(l -> worked.add(l.delivery().id()));
      leases = queue.claim(QueueMail.room(NOON, 200, 50));
    }
  }

  /** Whoever looks meanwhile sees no delivery twice. */
  private static void pageThrough(QueueAdmin queue) {
    Set<Long> seen = new HashSet<>();
    long last = 0;
    List<QueueEntry> page = queue.list(new Selection.All(), last, 500);
    while (!page.isEmpty()) {
      for (QueueEntry entry : page) {
        last = entry.delivery().id();
        assertTrue(seen.add(last), "listed twice: " + last);
      }
      page = queue.list(new Selection.All(), last, 500);
    }
  }

  private static int ended(DeliveryQueue queue) {
    Set<String> ended = new HashSet<>();
    long cursor = 0;
    List<RecordedOutcome> page = queue.outcomes(cursor, 1_000);
    while (!page.isEmpty()) {
      for (RecordedOutcome outcome : page) {
        assertTrue(outcome.cursor() > cursor);
        cursor = outcome.cursor();
        assertFalse(!ended.add(outcome.outcome().submission().value()), "ended twice");
      }
      page = queue.outcomes(cursor, 1_000);
    }
    return ended.size();
  }
}
