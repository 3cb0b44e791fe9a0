package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.everything;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionUncertain;
import org.mxrelay.smtp.testkit.QueueMail;

/** A queue with an open journal on a small file system that is full: a real one. */
final class JournalDiskTest {

  @TempDir Path directory;

  private @Nullable SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(directory, "4m");
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.unmount();
    }
  }

  private static Submission large(String id) {
    Envelope envelope = Envelope.from("a@shop.example").to("a@x.example");
    return QueueMail.submission(id, NOON, envelope, new byte[200_000]);
  }

  @Test
  void fullDisk_refusesNewMailAndLosesNothing() throws Exception {
    Path file = directory.resolve("mail.db");
    try (JdbcQueue queue = JournaledQueue.open(file)) {
      queue.add(QueueMail.many("m", 20, NOON, "x.example"));
      List<Lease> leases = queue.claim(QueueMail.room(NOON, 10, 10));
      Path filler = disk.fill();
      for (int i = 0; i < 5; i++) {
        String id = "refused" + i;
        QueueException e =
            assertThrows(QueueException.class, () -> queue.add(List.of(large(id))), id);
        assertFalse(e instanceof SubmissionUncertain, () -> "it was refused: " + e);
      }
      Files.delete(filler);

      queue
          .settle(leases.stream().map(l -> relayed(l, NOON)).toList())
          .forEach(result -> assertTrue(result.isStored()));
      queue.add(List.of(large("after")));
      TreeSet<String> seen = new TreeSet<>(QueueMail.ids(leases));
      for (Lease lease : queue.claim(everything(NOON))) {
        assertTrue(seen.add(lease.delivery().submission().value()), "again: " + lease);
        assertTrue(queue.settle(List.of(relayed(lease, NOON))).get(0).isStored());
      }
      assertEquals(21, seen.size());
      assertEquals(21, queue.outcomes(0, 100).size());
      assertEquals(0, queue.stats().pending());
    }
    assertFalse(JournaledQueue.isAnyFile(file));
    assertEquals("ok", RawSqlite.text(file, "PRAGMA integrity_check"));
  }

  @Test
  void fullDiskAtTheEnd_losesNothingEither() throws Exception {
    Path file = directory.resolve("mail.db");
    Path filler;
    try (JdbcQueue queue = JournaledQueue.open(file)) {
      queue.add(QueueMail.many("m", 20, NOON, "x.example"));
      filler = disk.fill();
    }
    Files.delete(filler);
    try (JdbcQueue queue = JdbcQueue.sqlite(file)) {
      queue.attach();
      assertEquals(20, new TreeSet<>(QueueMail.ids(queue.claim(everything(NOON)))).size());
    }
  }
}
