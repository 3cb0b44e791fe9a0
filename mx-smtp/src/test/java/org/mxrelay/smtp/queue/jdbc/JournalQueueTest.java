package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.addOne;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.inTables;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.isAnyFile;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.status;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.everything;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** Which mail is in the journal, and which in the tables. */
final class JournalQueueTest {

  private static final Instant LATER = NOON.plus(Duration.ofMinutes(5));

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("mail.db");
  }

  @Test
  void freshMail_isInNoTableUntilItEnded() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      addOne(queue, "m", NOON, "a@x.example");
      Lease lease = queue.claim(everything(NOON)).get(0);
      assertEquals(1, lease.claims());
      assertEquals(0, inTables(file()));
      assertTrue(queue.settle(List.of(relayed(lease, NOON))).get(0).isStored());
      assertEquals(1, queue.outcomes(0, 10).size(), "as soon as somebody asks");
      assertEquals(1, inTables(file()));
      assertEquals(
          Outcome.End.RELAYED, status(queue, "m").ended().get(0).outcome(), "with its outcome");
    }
  }

  @Test
  void closedQueue_leavesNoJournalAndEverythingInTheTables() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.room(NOON, 2, 2));
      queue.settle(List.of(relayed(leases.get(0), NOON)));
      assertTrue(isAnyFile(file()));
    }
    assertFalse(isAnyFile(file()));
    assertEquals(3, inTables(file()));
    assertEquals(1, RawSqlite.number(file(), "SELECT count(*) FROM mx_outcome"));
    assertEquals(
        1, RawSqlite.number(file(), "SELECT count(*) FROM mx_delivery WHERE state = 1"), "leased");
  }

  @Test
  void deferredMail_isInTheTablesWithItsAttempts() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      addOne(queue, "m", NOON, "a@x.example");
      Lease lease = queue.claim(everything(NOON)).get(0);
      queue.settle(List.of(deferred(lease)));
      assertEquals(
          1, RawSqlite.number(file(), "SELECT count(*) FROM mx_delivery WHERE attempts = 1"));
      assertEquals(List.of(), queue.claim(everything(NOON)));
      Lease again = queue.claim(everything(LATER)).get(0);
      assertEquals(1, again.delivery().attempts());
      assertEquals(1, again.claims());
      assertTrue(again.token() > lease.token());
    }
  }

  private static Settlement deferred(Lease lease) {
    Delivery d = lease.delivery();
    Delivery rest =
        new Delivery(
            d.id(),
            d.submission(),
            d.destination(),
            d.reversePath(),
            d.options(),
            d.open(),
            d.facts(),
            d.queuedAt(),
            LATER,
            d.attempts() + 1,
            d.uncertain(),
            d.delayNoticed());
    return new Settlement(
        lease, List.of(), Optional.of(new Settlement.Rest.Rescheduled(rest)), List.of(), NOON);
  }

  @Test
  void severalDestinations_oneEndedAndOneDeferred() {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      addOne(queue, "m", NOON, "a@x.example", "b@y.example");
      for (Lease lease : queue.claim(everything(NOON))) {
        boolean first = lease.delivery().destination().equals(QueueMail.to("x.example"));
        queue.settle(List.of(first ? relayed(lease, NOON) : deferred(lease)));
      }
      SubmissionStatus status = status(queue, "m");
      assertEquals("a@x.example", status.ended().get(0).recipient().toString());
      assertEquals(1, status.ended().size());
      assertEquals(LATER, status.pending().get(0).delivery().due());
      Lease rest = queue.claim(everything(LATER)).get(0);
      assertEquals(
          "Subject: m\r\n\r\nhello\r\n",
          new String(
              QueueMail.bytes(queue.message(rest.delivery().submission())),
              java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void longMessage_goesThroughTheTables() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
      queue.add(List.of(QueueMail.submission("long", NOON, envelope, new byte[262_145])));
      queue.add(List.of(QueueMail.submission("short", NOON, envelope, new byte[262_144])));
      assertEquals("long", RawSqlite.text(file(), "SELECT submission FROM mx_message"));
      assertEquals(
          Set.of("long", "short"), new TreeSet<>(QueueMail.ids(queue.claim(everything(NOON)))));
    }
  }

  @Test
  void postponedDestination_isNotClaimedBeforeItsTime() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      addOne(queue, "before", NOON, "a@x.example");
      queue.postpone(QueueMail.to("x.example"), LATER);
      addOne(queue, "after", NOON, "b@x.example");
      assertEquals(2, inTables(file()));
      assertEquals(List.of(), queue.claim(everything(NOON)));
      assertEquals(2, queue.claim(everything(LATER)).size());
    }
  }

  @Test
  void noJournal_makesNoFiles() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    JdbcQueueBuilder none = JdbcQueue.sqliteBuilder(file()).clock(clock).noJournal();
    JdbcQueueBuilder brief =
        JdbcQueue.sqliteBuilder(directory.resolve("brief.db"))
            .clock(clock)
            .retention(Duration.ofSeconds(59));
    for (JdbcQueueBuilder builder : List.of(none, brief)) {
      try (JdbcQueue queue = builder.open()) {
        queue.attach();
        queue.claim(everything(NOON));
        addOne(queue, "m", NOON, "a@x.example");
        assertEquals(List.of("m"), QueueMail.ids(queue.claim(everything(NOON))));
      }
    }
    assertEquals(1, inTables(file()));
    assertFalse(isAnyFile(file()) || isAnyFile(directory.resolve("brief.db")));
  }

  @Test
  void moreThanFits_getsIntoTheTablesAndGoesOutInItsOrder() throws Exception {
    ManualClock clock = ManualClock.at(NOON);
    try (JdbcQueue queue = JournaledQueue.open(file(), clock)) {
      for (int i = 0; i < 25; i++) {
        queue.add(QueueMail.many("m" + i, 100, clock.instant(), "x.example"));
        clock.advance(Duration.ofMillis(1));
      }
      assertEquals(2_500, inTables(file()), "nothing went out for too long");
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 25; i++) {
        List<Lease> leases = queue.claim(QueueMail.room(clock.instant(), 100, 100));
        String prefix = "m" + i + "-";
        leases.forEach(l -> assertTrue(l.delivery().submission().value().startsWith(prefix)));
        leases.forEach(l -> assertTrue(seen.add(l.delivery().submission().value())));
        queue.settle(leases.stream().map(l -> relayed(l, NOON)).toList());
      }
      assertEquals(2_500, seen.size());
      assertEquals(List.of(), queue.claim(everything(clock.instant())));
      addOne(queue, "fresh", clock.instant(), "a@x.example");
      assertEquals(2_500, inTables(file()), "open again");
      assertEquals(QueueEntry.State.QUEUED, status(queue, "fresh").pending().get(0).state());
    }
  }
}
