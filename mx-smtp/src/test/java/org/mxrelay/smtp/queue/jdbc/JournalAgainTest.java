package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.addOne;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.everything;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

/** A submission that is added again under its id changes nothing, wherever the first one is. */
final class JournalAgainTest {

  private static final int THREADS = 8;

  @TempDir Path directory;

  private JdbcQueue queue;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @BeforeEach
  void open() {
    queue = JournaledQueue.open(directory.resolve("mail.db"));
  }

  @AfterEach
  void close() {
    threads.shutdown();
    queue.close();
  }

  /** The same, but too long for the journal. */
  private static Submission longOne(String id) {
    Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
    return QueueMail.submission(id, NOON, envelope, new byte[300_000]);
  }

  @Test
  void whileFresh_isOneDelivery() {
    addOne(queue, "m", NOON, "a@x.example");
    addOne(queue, "m", NOON, "b@y.example");
    queue.add(List.of(longOne("m")));
    Lease lease = queue.claim(everything(NOON)).get(0);
    assertEquals(List.of("a@x.example"), QueueMail.open(lease.delivery()));
    addOne(queue, "m", NOON, "b@y.example");
    assertEquals(List.of(), queue.claim(everything(NOON)));
    assertEquals(1, queue.list(new Selection.All(), 0, 10).size());
  }

  @Test
  void twiceInOneCall_isOneDelivery() {
    Submission one = QueueMail.submission("m", NOON, "a@x.example");
    queue.add(List.of(one, one));
    assertEquals(1, queue.claim(everything(NOON)).size());
    assertEquals(1, queue.stats().pending());
  }

  @Test
  void afterItEnded_isNoDelivery() {
    addOne(queue, "m", NOON, "a@x.example");
    queue.settle(List.of(relayed(queue.claim(everything(NOON)).get(0), NOON)));
    addOne(queue, "m", NOON, "a@x.example");
    assertEquals(1, queue.outcomes(0, 10).size());
    addOne(queue, "m", NOON, "a@x.example");
    queue.add(List.of(longOne("m")));
    assertEquals(List.of(), queue.claim(everything(NOON)));
    assertEquals(0, queue.stats().pending());
  }

  @Test
  void whileTheJournalIsShut_isOneDelivery() {
    for (int i = 0; i < 21; i++) {
      queue.add(QueueMail.many("m" + i, 100, NOON, "x.example"));
    }
    for (int i = 0; i < 21; i++) {
      queue.add(QueueMail.many("m" + i, 100, NOON, "x.example"));
    }
    assertEquals(2_100, queue.stats().pending());
    assertEquals(2_100, new TreeSet<>(QueueMail.ids(queue.claim(everything(NOON)))).size());
  }

  @Test
  void byManyThreadsAtOnce_isOneDelivery() throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    for (int round = 0; round < 100; round++) {
      String id = "m" + round;
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        // Half of them through the tables.
        Submission one =
            thread % 2 == 0 ? QueueMail.submission(id, NOON, "a@x.example") : longOne(id);
        all.add(CompletableFuture.runAsync(() -> add(one, together), threads));
      }
      all.forEach(CompletableFuture::join);
      List<Lease> leases = queue.claim(everything(NOON));
      assertEquals(List.of(id), QueueMail.ids(leases));
      assertTrue(queue.settle(List.of(relayed(leases.get(0), NOON))).get(0).isStored());
    }
    assertEquals(100, queue.outcomes(0, 1_000).size());
  }

  private void add(Submission one, CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    queue.add(List.of(one));
  }
}
