package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionUncertain;
import org.mxrelay.smtp.testkit.QueueMail;

final class WriterTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("mail.db");
  }

  @Test
  void writersWhoComeTogether_shareOneCommit() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (Writer writer = new Writer(dialect, new Statements(dialect.connect()))) {
      List<CompletableFuture<Long>> all = together(writer, List.of(5L, 6L, 7L));
      for (int i = 0; i < 3; i++) {
        assertEquals(5L + i, all.get(i).get(20, TimeUnit.SECONDS));
      }
      assertEquals(2, dialect.commits.get(), "one of the first, one of the three");
    }
  }

  @Test
  void oneAtFault_theOthersAreStored() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (Writer writer = new Writer(dialect, new Statements(dialect.connect()))) {
      List<CompletableFuture<Long>> all = together(writer, List.of(5L, -1L, 7L));
      assertEquals(5L, all.get(0).get(20, TimeUnit.SECONDS));
      assertEquals(7L, all.get(2).get(20, TimeUnit.SECONDS));
      ExecutionException failed =
          assertThrows(ExecutionException.class, () -> all.get(1).get(20, TimeUnit.SECONDS));
      assertInstanceOf(IllegalArgumentException.class, failed.getCause());
    }
    assertEquals(2, RawSqlite.number(file(), "SELECT count(*) FROM mx_staging"));
  }

  /** Writes each number at the moment when another writer is done; refuses negative ones. */
  private static List<CompletableFuture<Long>> together(Writer writer, List<Long> numbers)
      throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      threads.execute(() -> writer.write(transaction -> waitFor(writing, go)));
      writing.await();
      List<CompletableFuture<Long>> all =
          numbers.stream()
              .map(n -> CompletableFuture.supplyAsync(() -> put(writer, n), threads))
              .toList();
      while (writer.waiting() < numbers.size()) {
        Thread.onSpinWait();
      }
      go.countDown();
      return all;
    } finally {
      threads.shutdown();
    }
  }

  private static boolean waitFor(CountDownLatch writing, CountDownLatch go) {
    writing.countDown();
    try {
      return go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static long put(Writer writer, long number) {
    return writer.write(
        transaction -> {
          transaction.sql().update("INSERT INTO mx_staging (body, touched) VALUES (?, 0)", number);
          if (number < 0) {
            throw new IllegalArgumentException("planted");
          }
          return number;
        });
  }

  @Test
  void fullDisk_refusesAndLaterGoesOn() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (JdbcQueue queue = dialect.queue()) {
      queue.add(QueueMail.many("first", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      dialect.pages(1);
      Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
      for (int size : List.of(200_000, 2_000_000)) {
        Submission large = QueueMail.submission("large-" + size, NOON, envelope, new byte[size]);
        QueueException e = assertThrows(QueueException.class, () -> queue.add(List.of(large)));
        assertFalse(e instanceof SubmissionUncertain);
        assertTrue(e.getMessage().contains("full"), e.getMessage());
        assertTrue(queue.status(large.id()).isEmpty());
      }
      assertEquals(List.of(), queue.outcomes(0, 10), "nothing bounced");
      dialect.pages(1_000_000);
      assertTrue(queue.settle(List.of(QueueMail.relayed(lease, NOON))).get(0).isStored());
      queue.add(List.of(QueueMail.submission("large", NOON, envelope, new byte[2_000_000])));
      assertEquals(List.of("large"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
    }
  }

  @Test
  void commitWhoseAnswerWasLost_isUncertainAndCanBeRepeated() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (JdbcQueue queue = dialect.queue()) {
      List<Submission> one = QueueMail.many("m", 1, NOON, "x.example");
      dialect.next.set(FaultyDialect.Commit.ANSWER_LOST);
      SubmissionUncertain e = assertThrows(SubmissionUncertain.class, () -> queue.add(one));
      assertEquals(new SubmissionId("m-0"), e.id());
      queue.add(one);
      assertEquals(1, queue.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  void settleWhoseAnswerWasLost_isLostWhenRepeatedButStoredOnce() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (JdbcQueue queue = dialect.queue()) {
      queue.add(QueueMail.many("m", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      dialect.next.set(FaultyDialect.Commit.ANSWER_LOST);
      assertThrows(
          QueueException.class, () -> queue.settle(List.of(QueueMail.relayed(lease, NOON))));
      assertEquals(
          List.of(Result.LEASE_LOST), queue.settle(List.of(QueueMail.relayed(lease, NOON))));
      assertEquals(1, queue.outcomes(0, 10).size());
    }
  }

  @Test
  void refusedCommit_storesNothing() throws Exception {
    FaultyDialect dialect = FaultyDialect.on(file());
    try (JdbcQueue queue = dialect.queue()) {
      List<Submission> one = QueueMail.many("m", 1, NOON, "x.example");
      dialect.next.set(FaultyDialect.Commit.REFUSED);
      QueueException e = assertThrows(QueueException.class, () -> queue.add(one));
      assertFalse(e instanceof SubmissionUncertain);
      assertTrue(queue.status(new SubmissionId("m-0")).isEmpty());
      queue.add(one);
      assertEquals(1, queue.stats().due());
    }
  }
}
