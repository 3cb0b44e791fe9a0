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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** Who opens a queue whose process died, or did not. */
final class JournalRecoveryTest {

  @TempDir Path directory;

  private Path file;
  private Path left;

  @BeforeEach
  void name() throws Exception {
    file = directory.resolve("mail.db");
    left = directory.resolve("left/mail.db");
  }

  private static JdbcQueue look(Path at) {
    return JdbcQueue.sqliteBuilder(at).clock(ManualClock.at(NOON)).open();
  }

  /** A process that had one ended, one leased and one waiting when it died. */
  private void die() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file)) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.room(NOON, 2, 2));
      queue.settle(List.of(relayed(leases.get(0), NOON)));
      JournaledQueue.copy(file, left.getParent());
    }
  }

  @Test
  void whoOnlyLooks_seesWhatTheDeadHad() throws Exception {
    die();
    assertTrue(isAnyFile(left));
    try (JdbcQueue queue = look(left)) {
      assertEquals(2, queue.list(new Selection.All(), 0, 10).size());
      assertTrue(status(queue, "m-0").isEnded());
      assertEquals(1, queue.outcomes(0, 10).size());
    }
    assertFalse(isAnyFile(left));
  }

  @Test
  void nextEngine_countsTheClaims() throws Exception {
    die();
    try (JdbcQueue queue = look(left)) {
      queue.attach();
      List<Lease> leases = queue.claim(everything(NOON));
      assertEquals(List.of("m-1", "m-2"), QueueMail.ids(leases));
      assertTrue(leases.stream().allMatch(l -> l.claims() == 2), "somebody died, perhaps with it");
      assertEquals(
          "Subject: m-1\r\n\r\nhello\r\n",
          new String(
              QueueMail.bytes(queue.message(leases.get(0).delivery().submission())),
              java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void recoveryThatDied_isBegunAnew() throws Exception {
    die();
    Path again = directory.resolve("again/mail.db");
    JournaledQueue.copy(left, again.getParent());
    look(again).close();
    for (Path segment : JournaledQueue.files(left)) {
      Files.copy(segment, again.resolveSibling(segment.getFileName()));
    }
    try (JdbcQueue queue = look(again)) {
      queue.attach();
      assertEquals(2, queue.claim(everything(NOON)).size());
      assertEquals(1, queue.outcomes(0, 10).size());
    }
  }

  @Test
  void messageThatKillsItsEngineAgainAndAgain_isHeld() throws Exception {
    Path at = file;
    for (int start = 0; start < 4; start++) {
      Path next = directory.resolve("start" + start + "/mail.db");
      try (JdbcQueue queue = look(at)) {
        queue.attach();
        queue.claim(QueueMail.room(NOON.minusSeconds(1), 1, 1));
        addOne(queue, "poison", NOON, "a@x.example");
        assertEquals(1, queue.claim(everything(NOON)).size(), "start " + start);
        JournaledQueue.copy(at, next.getParent());
      }
      at = next;
    }
    try (JdbcQueue queue = look(at)) {
      queue.attach();
      assertEquals(List.of(), queue.claim(everything(NOON)));
      assertEquals(1, queue.stats().held());
    }
  }

  @Test
  void othersWhileTheEngineLives_leaveItsJournalAlone() throws Exception {
    try (JdbcQueue engine = JournaledQueue.open(file)) {
      addOne(engine, "m", NOON, "a@x.example");
      try (JdbcQueue other = look(file)) {
        addOne(other, "n", NOON, "a@x.example");
      }
      assertTrue(isAnyFile(file));
      assertEquals(List.of("m"), QueueMail.ids(engine.claim(QueueMail.room(NOON, 1, 1))));
      assertEquals(1, inTables(file), "only the other's");
    }
    assertEquals(2, inTables(file));
  }

  @Test
  void emptyOrStrangeFiles_areNothing() throws Exception {
    look(file).close();
    Files.write(JournaledQueue.files(file).get(0), new byte[0]);
    Files.write(JournaledQueue.files(file).get(1), "this is no journal at all".getBytes());
    try (JdbcQueue queue = JournaledQueue.open(file)) {
      addOne(queue, "m", NOON, "a@x.example");
      assertEquals(1, queue.claim(everything(NOON)).size());
    }
    assertEquals(1, inTables(file));
  }
}
