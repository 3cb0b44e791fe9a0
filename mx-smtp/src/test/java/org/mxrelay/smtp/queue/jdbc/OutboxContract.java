package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** Mail in a transaction of the caller's. */
interface OutboxContract extends SharedStore {

  private static JdbcQueue queue(String url) {
    return JdbcQueue.builder(url).clock(ManualClock.at(NOON)).open();
  }

  /** An application's own connection, in a transaction. */
  private static Connection business(String url) throws Exception {
    Connection connection = SharedStore.connect(url);
    SharedStore.run(connection, "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY)");
    connection.setAutoCommit(false);
    SharedStore.run(connection, "INSERT INTO orders (id) VALUES (1)");
    return connection;
  }

  @Test
  default void committed_mailIsQueuedWithTheBusiness() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      Submission mail = QueueMail.submission("m", NOON, "a@x.example", "b@y.example");
      queue.add(business, mail);
      assertEquals(Optional.empty(), queue.status(mail.id()), "not yet");
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertFalse(business.getAutoCommit(), "nothing was done to the connection");
      business.commit();
      assertEquals(2, queue.status(mail.id()).orElseThrow().pending().size());
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      assertEquals(2, leases.size());
      assertEquals(mail.facts(), leases.get(0).delivery().facts());
      assertArrayEquals(QueueMail.bytes(mail.message()), QueueMail.bytes(queue.message(mail.id())));
    }
  }

  @Test
  default void rolledBack_mailNeverWas() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      queue.add(business, QueueMail.submission("small", NOON, "a@x.example"));
      queue.add(business, large("large", 700_000));
      business.rollback();
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals(Optional.empty(), queue.status(new SubmissionId("small")));
      for (String table : List.of("mx_outbox", "mx_outbox_line", "mx_chunk", "mx_staging")) {
        assertEquals("0", SharedStore.text(business, "SELECT count(*) FROM " + table), table);
      }
    }
  }

  private static Submission large(String id, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Envelope envelope = Envelope.from("ann@shop.example").to("a@x.example");
    return QueueMail.submission(id, NOON, envelope, bytes);
  }

  @Test
  default void longMessage_arrivesWhole() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      Submission large = large("large", 700_000);
      queue.add(business, large);
      business.commit();
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertArrayEquals(
          QueueMail.bytes(large.message()), QueueMail.bytes(queue.message(large.id())));
      queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      assertEquals("0", SharedStore.text(business, "SELECT count(*) FROM mx_chunk"));
    }
  }

  @Test
  default void callerWhoTakesLong_keepsNobodyFromWorking() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      queue.add(business, QueueMail.submission("late", NOON, "a@x.example"));
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      for (Lease lease : queue.claim(QueueMail.everything(NOON))) {
        queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      }
      assertEquals(3, queue.outcomes(0, 10).size());
      business.commit();
      assertEquals(List.of("late"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
    }
  }

  @Test
  default void sameIdAgain_isQueuedOnce() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      Submission mail = QueueMail.submission("m", NOON, "a@x.example");
      queue.add(business, mail);
      queue.add(business, mail);
      business.commit();
      assertEquals(1, queue.stats().due());
      queue.add(List.of(mail));
      queue.add(business, mail);
      queue.add(business, large("m", 600_000));
      business.commit();
      assertEquals(1, queue.claim(QueueMail.everything(NOON)).size());
      assertEquals("0", SharedStore.text(business, "SELECT count(*) FROM mx_chunk"));
    }
  }

  @Test
  default void committed_isSeenByAllWhoLookAndWakesTheEngine() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection business = business(url)) {
      queue.claim(QueueMail.everything(NOON));
      CompletableFuture<Void> waiter =
          CompletableFuture.runAsync(
              () -> {
                try {
                  queue.awaitWork(Duration.ofMinutes(5));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      queue.add(business, QueueMail.submission("m", NOON, "a@x.example"));
      business.commit();
      waiter.get(60, TimeUnit.SECONDS);
      assertEquals(1, queue.list(new Selection.All(), 0, 10).size());
      assertEquals(1, queue.hold(new Selection.All(), "wait", NOON));
      assertEquals(Set.of(), Set.copyOf(queue.claim(QueueMail.everything(NOON))));
    }
  }

  @Test
  default void connectionThatCommitsByItself_isRefused() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = queue(url);
        Connection connection = SharedStore.connect(url)) {
      Submission mail = QueueMail.submission("m", NOON, "a@x.example");
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> queue.add(connection, mail));
      assertTrue(e.getMessage().contains("setAutoCommit(false)"), e.getMessage());
      assertEquals(0, queue.stats().pending());
    }
  }

  @Test
  default void connectionToAnotherDatabase_isAnErrorOfTheStore() throws Exception {
    try (JdbcQueue queue = queue(newDatabase());
        Connection elsewhere = business(newDatabase())) {
      Submission mail = QueueMail.submission("m", NOON, "a@x.example");
      assertThrows(QueueException.class, () -> queue.add(elsewhere, mail));
      elsewhere.rollback();
      assertEquals(0, queue.stats().pending());
    }
  }
}
