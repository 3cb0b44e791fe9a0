package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.everything;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.testkit.QueueMail;

/** Submitters, an engine and somebody who looks, all at once: everything ends, and ends once. */
final class JournalThreadsTest {

  private static final int SUBMITTERS = 3;
  private static final int ROUNDS = 12;
  private static final int AT_ONCE = 100;
  private static final int ALL = SUBMITTERS * ROUNDS * AT_ONCE;

  @TempDir Path directory;

  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger settled = new AtomicInteger();

  @Test
  void everything_endsOnce() {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (JdbcQueue queue = JournaledQueue.open(directory.resolve("mail.db"))) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < SUBMITTERS; i++) {
        String name = "s" + i;
        all.add(CompletableFuture.runAsync(() -> submit(queue, name), threads));
      }
      CompletableFuture<Void> engine = CompletableFuture.runAsync(() -> deliver(queue), threads);
      while (!engine.isDone()) {
        queue.list(new Selection.All(), 0, 10);
      }
      all.forEach(CompletableFuture::join);
      engine.join();
      assertEquals(ALL, queue.outcomes(0, 2 * ALL).size());
      assertEquals(0, queue.stats().pending() + queue.stats().leased());
      assertEquals(List.of(), queue.claim(everything(NOON.plusSeconds(600))));
    } finally {
      threads.shutdown();
    }
  }

  private static void submit(JdbcQueue queue, String name) {
    for (int i = 0; i < ROUNDS; i++) {
      queue.add(QueueMail.many(name + "-" + i, AT_ONCE, NOON, "d" + i % 3 + ".example"));
    }
  }

  private void deliver(JdbcQueue queue) {
    while (settled.get() < ALL) {
      List<Lease> leases = queue.claim(everything(NOON));
      List<Settlement> over = new ArrayList<>();
      for (Lease lease : leases) {
        String id = lease.delivery().submission().value();
        assertTrue(delivered.add(id), id + " again");
        over.add(relayed(lease, NOON));
      }
      queue.settle(over).forEach(result -> assertTrue(result.isStored()));
      settled.addAndGet(over.size());
    }
  }
}
