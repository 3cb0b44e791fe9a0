package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/**
 * What a power cut leaves of SQLite's write-ahead log: all that was synced, and of what came after
 * that anything or nothing. Whatever was acknowledged by then is there, whole.
 */
final class TornLogTest {

  /** SQLite's file format, 4.1: a header of 32 octets, then frames of 24 and a page. */
  private static final int HEADER = 32;

  private static final int FRAME = 24 + 4096;
  private static final int MESSAGES = 24;

  @TempDir Path directory;

  private final long seed = Long.getLong("mx.seed", 20260301L);
  private final Random random = new Random(seed);

  /** The log's length when the add of each message returned: it had been synced up to there. */
  private final List<Integer> acknowledged = new ArrayList<>();

  private byte[] database = {};
  private byte[] log = {};

  @BeforeEach
  void record() throws IOException {
    Path file = directory.resolve("mail.db");
    try (JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(ManualClock.at(NOON)).open()) {
      for (int i = 0; i < MESSAGES; i++) {
        Envelope envelope = Envelope.from("a@shop.example").to("u@d" + i % 3 + ".example");
        queue.add(List.of(QueueMail.submission("m" + i, NOON, envelope, body(i))));
        acknowledged.add((int) Files.size(Path.of(file + "-wal")));
      }
      // Read by another process: closing the files here would drop SQLite's locks on them.
      database = read(file);
      log = read(Path.of(file + "-wal"));
    }
  }

  /** Some in their row, some in chunks. */
  private static byte[] body(int i) {
    byte[] body = new byte[i % 8 == 7 ? 300_000 : 100 + 700 * (i % 5)];
    new Random(i).nextBytes(body);
    return body;
  }

  private static byte[] read(Path file) throws IOException {
    return new ProcessBuilder("cat", file.toString()).start().getInputStream().readAllBytes();
  }

  /** How many had been acknowledged when so much of the log had been synced. */
  private int acknowledgedBy(int length) {
    return (int) acknowledged.stream().filter(end -> end <= length).count();
  }

  @Test
  void logThatEndsSomewhere_hasAllThatWasAcknowledgedByThen() throws Exception {
    TreeSet<Integer> ends = new TreeSet<>(List.of(0, 1, HEADER - 1, HEADER, log.length));
    for (int end : acknowledged) {
      ends.addAll(List.of(end - 1, end, end + 1, end + FRAME / 2));
    }
    for (int i = 0; i < 20; i++) {
      ends.add(random.nextInt(log.length));
    }
    int n = 0;
    for (int end : ends) {
      check(n++, Arrays.copyOf(log, Math.min(end, log.length)), acknowledgedBy(end));
    }
  }

  @Test
  void logWhoseUnsyncedEndIsTorn_hasAllThatWasAcknowledgedBefore() throws Exception {
    for (int n = 0; n < 30; n++) {
      int synced = acknowledged.get(random.nextInt(MESSAGES - 1));
      byte[] torn = log.clone();
      tear(torn, synced, n % 3);
      check(n, torn, acknowledgedBy(synced));
    }
  }

  /** Blocks of what was not synced may have reached the disk, or not, or halfway. */
  private void tear(byte[] torn, int synced, int how) {
    int from = synced + random.nextInt(torn.length - synced);
    switch (how) {
      case 0 -> Arrays.fill(torn, from, torn.length, (byte) 0);
      case 1 -> torn[from] ^= (byte) (1 << random.nextInt(8));
      default -> {
        for (int block = synced; block < torn.length; block += 512) {
          if (random.nextBoolean()) {
            Arrays.fill(torn, block, Math.min(block + 512, torn.length), (byte) 0);
          }
        }
      }
    }
  }

  @Test
  void tornCheckpoint_isRepairedFromTheLog() throws Exception {
    // A checkpoint copies the log's pages into the file, and the log is kept until that is synced.
    for (int n = 0; n < 10; n++) {
      byte[] half = Arrays.copyOf(database, Math.max(database.length, 40 * 4096));
      for (int frame = HEADER; frame + FRAME <= log.length; frame += FRAME) {
        int page = number(frame);
        if (page > 1 && page * 4096 <= half.length && random.nextInt(3) == 0) {
          byte[] torn = new byte[4096];
          random.nextBytes(torn);
          System.arraycopy(torn, 0, half, (page - 1) * 4096, 4096);
        }
      }
      Path file = directory.resolve("checkpoint" + n + ".db");
      Files.write(file, half);
      check(file, log, MESSAGES);
    }
  }

  private int number(int frame) {
    int n = 0;
    for (int i = 0; i < 4; i++) {
      n = n << 8 | log[frame + i] & 0xff;
    }
    return n;
  }

  private void check(int n, byte[] left, int atLeast) throws Exception {
    Path file = directory.resolve("torn" + n + ".db");
    Files.write(file, database);
    check(file, left, atLeast);
  }

  private void check(Path file, byte[] left, int atLeast) throws Exception {
    String which = file.getFileName() + ", log of " + left.length + ", seed " + seed;
    Path wal = Path.of(file + "-wal");
    Files.write(wal, left);
    try (JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(ManualClock.at(NOON)).open()) {
      queue.attach();
      int there = QueueMail.ids(queue.claim(QueueMail.everything(NOON))).size();
      assertTrue(there >= atLeast, which + ": " + there + " of " + atLeast + " acknowledged");
      for (int i = 0; i < MESSAGES; i++) {
        SubmissionId id = new SubmissionId("m" + i);
        assertEquals(i < there, queue.status(id).isPresent(), which + ": the first ones");
        if (i < there) {
          assertArrayEquals(body(i), QueueMail.bytes(queue.message(id)), which + ": whole");
        }
      }
      queue.add(List.of(QueueMail.submission("after", NOON, "a@x.example")));
    }
    assertEquals("ok", RawSqlite.text(file, "PRAGMA integrity_check"), which);
    Files.deleteIfExists(wal);
    Files.delete(file);
  }
}
