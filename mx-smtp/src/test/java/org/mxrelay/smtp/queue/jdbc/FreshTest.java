package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;
import static org.mxrelay.smtp.testkit.QueueMail.rescheduled;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.journal.Journal;
import org.mxrelay.smtp.testkit.QueueMail;

/** Two threads with the same messages, at the moments that matter. */
final class FreshTest {

  @TempDir Path directory;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private Writer writer;
  private Journal journal;
  private Numbers numbers;
  private Fresh fresh;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("mail.db");
    new SqliteFile(file).prepare();
    Dialect dialect = new Sqlite(file);
    writer = new Writer(dialect, new Statements(dialect.connect()));
    numbers = new Numbers(writer);
    JournaledQueue.files(file).forEach(SqliteFile::createIfAbsent);
    journal = Journal.begin(JournaledQueue.files(file));
    fresh = new Fresh(writer, journal);
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    journal.close();
    writer.close();
  }

  private FreshMessage add(String id) {
    FreshMessage message =
        FreshMessage.of(
            QueueMail.submission(id, NOON, "a@x.example", "a@y.example"), new byte[1], numbers);
    message.epoch = journal.write(JournalRecords.added(List.of(message.adoption())), 1);
    return fresh.change(
        book -> {
          book.add(message);
          return message;
        });
  }

  private List<Lease> claim() {
    long token = numbers.next();
    return fresh.with(book -> book.claim(QueueMail.everything(NOON), List.of(), token));
  }

  private static Lease of(List<Lease> leases, FreshMessage message, int delivery) {
    long id = message.deliveries.get(delivery).delivery.id();
    return leases.stream().filter(l -> l.delivery().id() == id).findFirst().orElseThrow();
  }

  @Test
  void callsThatSettleOfEachOthersMessages_doNotWaitForEachOther() throws Exception {
    FreshMessage one = add("one");
    FreshMessage two = add("two");
    List<Lease> leases = claim();
    CyclicBarrier both = new CyclicBarrier(2);
    FreshEnding ending =
        new FreshEnding(
            fresh,
            settlements -> {
              await(both);
              return Working.settling(settlements, Map.of());
            });
    CompletableFuture<List<Settlement.Result>> first =
        CompletableFuture.supplyAsync(
            () -> ending.settle(crossed(of(leases, one, 0), of(leases, two, 0))), threads);
    CompletableFuture<List<Settlement.Result>> second =
        CompletableFuture.supplyAsync(
            () -> ending.settle(crossed(of(leases, two, 1), of(leases, one, 1))), threads);
    for (CompletableFuture<List<Settlement.Result>> all : List.of(first, second)) {
      all.get(20, TimeUnit.SECONDS).forEach(result -> assertTrue(result.isStored()));
    }
    assertTrue(fresh.with(FreshBook::isEmpty));
    assertEquals(2, JournaledQueue.inTables(directory.resolve("mail.db")));
  }

  private static List<Settlement> crossed(Lease ends, Lease waits) {
    return List.of(relayed(ends, NOON), rescheduled(waits, NOON.plusSeconds(60), NOON));
  }

  /** What went into the tables meanwhile is settled there, by a call that meets nobody. */
  private static void await(CyclicBarrier both) {
    try {
      both.await(1, TimeUnit.SECONDS);
    } catch (TimeoutException | java.util.concurrent.BrokenBarrierException e) {
      // The other is through.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoWantsEverythingInTheTables_waitsForWhatAnotherBringsThere() throws Exception {
    FreshMessage message = add("m");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Boolean> keeper =
        CompletableFuture.supplyAsync(
            () ->
                fresh.leave(
                    List.of(message),
                    transaction -> {
                      begun.countDown();
                      return isOver(end);
                    }),
            threads);
    assertTrue(begun.await(20, TimeUnit.SECONDS));
    CompletableFuture<Void> looker =
        CompletableFuture.runAsync(() -> fresh.leaveAll(m -> true), threads);
    assertThrows(TimeoutException.class, () -> looker.get(100, TimeUnit.MILLISECONDS));
    end.countDown();
    looker.get(20, TimeUnit.SECONDS);
    assertTrue(keeper.get(20, TimeUnit.SECONDS));
    assertEquals(1, JournaledQueue.inTables(directory.resolve("mail.db")));
  }

  private static boolean isOver(CountDownLatch end) {
    try {
      return end.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
