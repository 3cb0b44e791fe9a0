package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises when there is much to do: nobody is hidden, nothing is done twice.
 *
 * @param <Q> the queue
 */
public interface QueueFairnessContract<Q extends DeliveryQueue & QueueAdmin>
    extends QueueFixture<Q> {

  @Test
  default void g11_hotDomain_hidesNobody() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("hot", 3_000, NOON.minusSeconds(3600), "hot.example"));
      List<Submission> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        others.add(QueueMail.submission("cold-" + i, NOON, "a@cold" + i + ".example"));
      }
      queue.add(others);
      Set<String> cold = new HashSet<>();
      for (int claim = 0; claim < 4; claim++) {
        List<String> ids = QueueMail.ids(queue.claim(QueueMail.room(NOON, 10, 5)));
        ids.stream().filter(id -> id.startsWith("cold")).forEach(cold::add);
      }
      assertEquals(20, cold.size(), "claimed within 4 claims of 10 each: " + cold);
    }
  }

  @Test
  default void destinationsThatAreAllBusy_areServedInTurn() {
    try (Q queue = open(ManualClock.at(NOON))) {
      for (int i = 0; i < 6; i++) {
        queue.add(QueueMail.many("d" + i, 20, NOON.minusSeconds(i), "d" + i + ".example"));
      }
      int[] served = new int[6];
      for (int claim = 0; claim < 9; claim++) {
        for (Lease lease : queue.claim(QueueMail.room(NOON, 4, 1))) {
          served[lease.delivery().submission().value().charAt(1) - '0']++;
        }
      }
      for (int count : served) {
        assertEquals(6, count, "36 deliveries of 6 destinations: " + List.of(served[0], served[5]));
      }
    }
  }

  @Test
  default void givenBack_goesBehindThoseThatWait() {
    try (Q queue = open(ManualClock.at(NOON))) {
      for (int i = 0; i < 3; i++) {
        queue.add(QueueMail.many("d" + i, 2, NOON.minusSeconds(60 - i), "d" + i + ".example"));
      }
      List<Lease> first = queue.claim(QueueMail.room(NOON, 2, 1));
      assertEquals(List.of("d0-0", "d1-0"), QueueMail.ids(first));

      queue.release(first);

      assertEquals(List.of("d2-0"), QueueMail.ids(queue.claim(QueueMail.room(NOON, 1, 1))));
      List<String> rest = QueueMail.ids(queue.claim(QueueMail.room(NOON, 10, 1)));
      assertTrue(rest.containsAll(List.of("d0-0", "d1-0")), "in their place again: " + rest);
    }
  }

  @Test
  default void roomForMore_isFilledFromWhoeverHasMore() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      queue.add(QueueMail.many("y", 9, NOON, "y.example"));
      List<String> ids = QueueMail.ids(queue.claim(QueueMail.room(NOON, 6, 5)));
      assertEquals(6, ids.size());
      assertTrue(ids.contains("x-0"));
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  default void twoWorkers_tenThousandDeliveries_noneTwice() throws Exception {
    try (Q queue = open(ManualClock.at(NOON))) {
      for (int i = 0; i < 20; i++) {
        queue.add(QueueMail.many("d" + i, 500, NOON, "d" + i + ".example"));
      }
      ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
      var first = CompletableFuture.runAsync(() -> work(queue, done));
      var second = CompletableFuture.runAsync(() -> work(queue, done));
      CompletableFuture.allOf(first, second).get(9, TimeUnit.MINUTES);
      assertEquals(10_000, done.size());
      assertEquals(10_000, new HashSet<>(done).size());
      assertEquals(0, queue.stats().pending());
      assertEquals(10_000, queue.outcomes(0, 20_000).size());
    }
  }

  private static void work(DeliveryQueue queue, ConcurrentLinkedQueue<String> done) {
    List<Lease> leases = queue.claim(QueueMail.room(NOON, 100, 10));
    while (!leases.isEmpty()) {
      done.addAll(QueueMail.ids(leases));
      queue.settle(leases.stream().map(l -> QueueMail.relayed(l, NOON)).toList());
      leases = queue.claim(QueueMail.room(NOON, 100, 10));
    }
  }
}
