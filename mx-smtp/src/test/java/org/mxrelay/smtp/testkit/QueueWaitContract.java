package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of waiting: it ends when there may be work, and does not spin.
 *
 * @param <Q> the queue
 */
public interface QueueWaitContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  /** Long enough that no test waits for its end. */
  Duration LONG = Duration.ofMinutes(5);

  @Test
  default void nothingToDo_waitsForTheTimeGiven() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.claim(QueueMail.everything(NOON));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> queue.awaitWork(Duration.ofMillis(50)));
    }
  }

  @Test
  default void add_wakes() throws Exception {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.claim(QueueMail.everything(NOON));
      wakes(queue, () -> queue.add(QueueMail.many("x", 1, NOON, "x.example")));
    }
  }

  @Test
  default void settleReleaseAndFlush_wake() throws Exception {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      wakes(
          queue,
          () ->
              queue.settle(
                  List.of(QueueMail.rescheduled(leases.get(0), NOON.plusSeconds(60), NOON))));
      queue.claim(QueueMail.everything(NOON));
      wakes(queue, () -> queue.flush(new Selection.All(), NOON));
      queue.claim(QueueMail.everything(NOON));
      wakes(queue, () -> queue.release(List.of(leases.get(1))));
    }
  }

  @Test
  default void timeOfAScheduledDelivery_wakes() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(QueueMail.many("x", 1, NOON.plusSeconds(60), "x.example"));
      queue.claim(QueueMail.everything(NOON));
      wakes(queue, () -> clock.advance(Duration.ofSeconds(60)));
    }
  }

  @Test
  default void endOfALease_wakes() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    try (Q queue = open(clock)) {
      queue.add(QueueMail.many("x", 1, NOON, "x.example"));
      queue.claim(QueueMail.everything(NOON));
      wakes(queue, () -> clock.advance(QueueMail.LEASE));
    }
  }

  @Test
  default void whatTheLastClaimLeftBehind_doesNotWake() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("x", 2, NOON, "x.example"));
      queue.claim(QueueMail.room(NOON, 1, 1));
      CompletableFuture<Void> waiter = waiting(queue);
      assertThrows(TimeoutException.class, () -> waiter.get(400, TimeUnit.MILLISECONDS));
      queue.flush(new Selection.All(), NOON);
      queue.add(QueueMail.many("y", 1, NOON, "x.example"));
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> waiter.get());
    }
  }

  private static void wakes(DeliveryQueue queue, Runnable event)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Void> waiter = waiting(queue);
    assertFalse(waiter.isDone());
    event.run();
    waiter.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Void> waiting(DeliveryQueue queue) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> waiter =
        CompletableFuture.runAsync(
            () -> {
              begun.complete(null);
              try {
                queue.awaitWork(LONG);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    begun.join();
    return waiter;
  }
}
