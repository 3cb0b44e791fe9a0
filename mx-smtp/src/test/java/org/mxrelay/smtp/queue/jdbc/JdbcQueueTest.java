package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueInUse;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

final class JdbcQueueTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("mail.db");
  }

  private JdbcQueue open(ManualClock clock) {
    return JdbcQueue.sqliteBuilder(file()).clock(clock).open();
  }

  @Test
  void reopened_hasEverythingAsItWas() {
    ManualClock clock = ManualClock.at(NOON);
    byte[] large = new byte[700_000];
    new Random(3).nextBytes(large);
    try (JdbcQueue queue = open(clock)) {
      Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
      queue.add(List.of(QueueMail.submission("large", NOON, envelope, large)));
      queue.add(QueueMail.many("m", 3, NOON, "y.example"));
      queue.hold(new Selection.OfSubmission(new SubmissionId("m-0")), "wait", NOON);
      Lease lease = queue.claim(QueueMail.room(NOON, 1, 1)).get(0);
      queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      queue.add(List.of(QueueMail.submission("large2", NOON, envelope, large)));
    }
    try (JdbcQueue queue = open(clock)) {
      assertEquals(1, queue.outcomes(0, 10).size());
      assertEquals(1, queue.stats().held());
      assertEquals(3, queue.claim(QueueMail.everything(NOON)).size());
      assertArrayEquals(large, QueueMail.bytes(queue.message(new SubmissionId("large2"))));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 1_000, 1_001, 300_000})
  void messageOfAnotherLengthThanTold_isStoredWhole(long told) {
    byte[] message = "0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII);
    Submission any = QueueMail.submission("m", NOON, "a@x.example");
    MessageFacts facts = new MessageFacts(told, told, MessageFacts.Content.SEVEN_BIT);
    try (JdbcQueue queue = open(ManualClock.at(NOON))) {
      queue.add(
          List.of(
              new Submission(
                  any.id(),
                  any.envelope(),
                  MessageSource.of(message),
                  facts,
                  any.queuedAt(),
                  any.due())));
      assertArrayEquals(message, QueueMail.bytes(queue.message(any.id())));
    }
  }

  @Test
  void secondEngine_isRefusedWithThePidOfTheFirst() {
    ManualClock clock = ManualClock.at(NOON);
    try (JdbcQueue first = open(clock);
        JdbcQueue second = open(clock)) {
      first.attach();
      QueueInUse refused = assertThrows(QueueInUse.class, second::attach);
      assertEquals(ProcessHandle.current().pid(), refused.pid());
      assertThrows(QueueInUse.class, second::attach, "the refusal took nobody's lock away");
      second.add(QueueMail.many("m", 1, NOON, "x.example"));
      assertEquals(1, second.list(new Selection.All(), 0, 10).size());
      assertEquals(1, first.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  void engineAfterAnotherThatDied_getsItsLeasesAtOnce() {
    ManualClock clock = ManualClock.at(NOON);
    try (JdbcQueue first = open(clock)) {
      first.attach();
      first.add(QueueMail.many("m", 1, NOON, "x.example"));
      first.claim(QueueMail.everything(NOON));
    }
    try (JdbcQueue second = open(clock)) {
      second.attach();
      List<Lease> leases = second.claim(QueueMail.everything(NOON));
      assertEquals(List.of("m-0"), QueueMail.ids(leases));
      assertEquals(2, leases.get(0).claims(), "somebody died with it");
    }
  }

  @Test
  void messageThatKillsItsEngineAgainAndAgain_isHeld() {
    ManualClock clock = ManualClock.at(NOON);
    for (int start = 0; start < 4; start++) {
      try (JdbcQueue queue = open(clock)) {
        queue.attach();
        queue.add(List.of(QueueMail.submission("poison", NOON, "a@x.example")));
        assertEquals(1, queue.claim(QueueMail.everything(NOON)).size(), "start " + start);
      }
    }
    try (JdbcQueue queue = open(clock)) {
      queue.attach();
      queue.add(QueueMail.many("good", 1, NOON, "y.example"));
      assertEquals(List.of("good-0"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      assertEquals(1, queue.stats().held());
    }
  }

  @Test
  void addOfAnotherProcess_wakesTheEngine() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    try (JdbcQueue engine = open(clock);
        JdbcQueue other = open(clock)) {
      engine.attach();
      engine.claim(QueueMail.everything(NOON));
      CompletableFuture<Void> waiter =
          CompletableFuture.runAsync(
              () -> {
                try {
                  engine.awaitWork(Duration.ofMinutes(5));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      other.add(QueueMail.many("m", 1, NOON, "x.example"));
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> waiter.get());
      assertEquals(1, engine.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  void rowThatCannotBeRead_isHeldAndTheOthersFlow() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    try (JdbcQueue queue = open(clock)) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      String of = " WHERE message = (SELECT id FROM mx_message WHERE submission = 'm-1')";
      RawSqlite.run(file(), "UPDATE mx_delivery SET recipients = 'gar\\bage'" + of);
      assertEquals(List.of("m-0", "m-2"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      List<QueueEntry> held =
          queue.list(new Selection.All(), 0, 10).stream()
              .filter(e -> e.state() == QueueEntry.State.HELD)
              .toList();
      assertEquals(1, held.size());
      assertTrue(held.get(0).why().contains("cannot be read"), held.get(0).why());
      assertEquals(held, queue.ownHolds());
      Selection it = new Selection.OfSubmission(new SubmissionId("m-1"));
      assertEquals(1, queue.release(it, NOON));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)), "held again");
      assertEquals(1, queue.cancel(it, NOON));
      assertEquals(0, queue.stats().held());
    }
  }

  @Test
  void outcomeThatCannotBeRead_keepsNobodyFromThoseAfterIt() throws Exception {
    try (JdbcQueue queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      queue.settle(
          queue.claim(QueueMail.everything(NOON)).stream()
              .map(lease -> QueueMail.relayed(lease, NOON))
              .toList());
      String first = "SELECT min(id) FROM mx_outcome";
      RawSqlite.run(file(), "UPDATE mx_outcome SET outcome = 'GONE' WHERE id = (" + first + ")");
      assertEquals(2, queue.outcomes(0, 2).size());
      assertEquals(List.of(), queue.status(new SubmissionId("m-0")).orElseThrow().ended());
      assertEquals(1, queue.status(new SubmissionId("m-1")).orElseThrow().ended().size());
    }
  }

  @Test
  void deliveryWithoutItsMessage_isHeldAndTheOthersFlow() throws Exception {
    try (JdbcQueue queue = open(ManualClock.at(NOON))) {
      queue.add(QueueMail.many("m", 2, NOON, "x.example"));
      RawSqlite.run(file(), "DELETE FROM mx_message WHERE submission = 'm-0'");
      assertEquals(List.of("m-1"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      assertEquals(1, queue.stats().held());
    }
  }

  @Test
  void longMessageWhoseSourceBreaks_leavesNothingBehind() throws Exception {
    try (JdbcQueue queue = open(ManualClock.at(NOON))) {
      Submission sample = QueueMail.submission("m", NOON, "a@x.example");
      Submission breaking =
          new Submission(
              sample.id(),
              sample.envelope(),
              () -> new SequenceInputStream(new ByteArrayInputStream(new byte[600_000]), broken()),
              sample.facts(),
              NOON,
              NOON);
      assertThrows(UncheckedIOException.class, () -> queue.add(List.of(breaking)));
      assertEquals(0, RawSqlite.number(file(), "SELECT count(*) FROM mx_chunk"));
      assertEquals(0, RawSqlite.number(file(), "SELECT count(*) FROM mx_staging"));
    }
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("planted");
      }
    };
  }

  @Test
  void bytesThatSomebodyStagedAndAbandoned_areSweptByTheNextEngine() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    JdbcQueue.sqlite(file()).close();
    long longAgo = Micros.of(NOON.minus(Duration.ofHours(2)));
    RawSqlite.run(
        file(),
        "INSERT INTO mx_staging VALUES (1001, " + longAgo + ")",
        "INSERT INTO mx_chunk VALUES (1001, 0, x'00')",
        "INSERT INTO mx_staging VALUES (1002, " + Micros.of(NOON) + ")",
        "INSERT INTO mx_chunk VALUES (1002, 0, x'00')");
    try (JdbcQueue queue = open(clock)) {
      queue.attach();
      assertEquals("1002", RawSqlite.text(file(), "SELECT group_concat(body) FROM mx_staging"));
      assertEquals("1002", RawSqlite.text(file(), "SELECT group_concat(body) FROM mx_chunk"));
    }
  }

  @Test
  void endedLongMessage_leavesNoBytes() throws Exception {
    try (JdbcQueue queue = open(ManualClock.at(NOON))) {
      Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
      queue.add(List.of(QueueMail.submission("m", NOON, envelope, new byte[600_000])));
      queue.add(List.of(QueueMail.submission("m", NOON, envelope, new byte[600_000])));
      assertEquals(3, RawSqlite.number(file(), "SELECT count(*) FROM mx_chunk"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      queue.settle(List.of(QueueMail.relayed(lease, NOON)));
      assertEquals(0, RawSqlite.number(file(), "SELECT count(*) FROM mx_chunk"));
      assertEquals(
          0, RawSqlite.number(file(), "SELECT count(*) FROM mx_message WHERE body NOT NULL"));
    }
  }

  @Test
  void closedQueue_saysSo() {
    JdbcQueue queue = open(ManualClock.at(NOON));
    queue.close();
    queue.close();
    assertThrows(
        IllegalStateException.class, () -> queue.add(QueueMail.many("m", 1, NOON, "x.example")));
    assertThrows(IllegalStateException.class, queue::stats);
  }
}
