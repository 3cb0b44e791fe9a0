package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** What is left of a store whose process, or whose file, came to grief. */
final class CrashTest {

  @TempDir Path directory;

  @Test
  @Tag("ci")
  void killedProcess_losesNothingThatItHadAccepted() throws Exception {
    Path file = directory.resolve("mail.db");
    Set<String> accepted = new HashSet<>();
    Set<String> relayed = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      readUntilKilled(file, run, 150, accepted, relayed);
      try (JdbcQueue queue = JdbcQueue.sqlite(file)) {
        queue.attach();
        assertEquals("ok", RawSqlite.text(file, "PRAGMA integrity_check"));
        assertEquals(0, queue.stats().leased(), "leases of the dead are free");
        for (String id : accepted) {
          check(queue, id, relayed.contains(id));
        }
      }
    }
    assertTrue(accepted.size() >= 150, accepted.size() + " accepted");
  }

  private static void check(JdbcQueue queue, String id, boolean relayed) {
    SubmissionStatus status = queue.status(new SubmissionId(id)).orElseThrow();
    if (relayed) {
      assertTrue(status.isEnded(), id);
    }
    assertEquals(1, status.ended().size() + status.pending().size(), id);
    if (!status.isEnded()) {
      byte[] stored = QueueMail.bytes(queue.message(new SubmissionId(id)));
      assertArrayEquals(Submitter.message(id), stored, id);
    }
  }

  private static void readUntilKilled(
      Path file, int run, int lines, Set<String> accepted, Set<String> relayed)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Submitter.class.getName(),
                file.toString(),
                "run" + run)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      for (int n = 1; line != null; n++) {
        (line.startsWith("accepted") ? accepted : relayed)
            .add(line.substring(line.indexOf(' ') + 1));
        if (n == lines) {
          // Not the process's own method, which closes the pipe with what is still in it.
          process.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void tornLog_opensAsItOnceWas() throws Exception {
    Path file = directory.resolve("mail.db");
    long seed = Long.getLong("mx.seed", 20260301L);
    Random random = new Random(seed);
    try (JdbcQueue queue = JdbcQueue.sqlite(file)) {
      for (int i = 0; i < 40; i++) {
        queue.add(QueueMail.many("m" + i, 1, QueueMail.NOON, "d" + i % 3 + ".example"));
      }
      for (int copy = 0; copy < 25; copy++) {
        Path torn = directory.resolve("torn" + copy + ".db");
        copyTorn(file, torn, random);
        checkTorn(torn, "seed " + seed + ", copy " + copy);
      }
    }
  }

  /**
   * As a power cut leaves it: the log ends somewhere, and what stands before its end may be wrong.
   */
  private static void copyTorn(Path file, Path torn, Random random) throws IOException {
    // Copied by another process: closing the file here would drop SQLite's locks on it.
    byte[] log = read(Path.of(file + "-wal"));
    Files.write(torn, read(file));
    int end = random.nextInt(log.length);
    byte[] left = Arrays.copyOf(log, end);
    if (end > 0 && random.nextBoolean()) {
      left[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(Path.of(torn + "-wal"), left, StandardOpenOption.CREATE);
  }

  private static byte[] read(Path file) throws IOException {
    Process cat = new ProcessBuilder("cat", file.toString()).start();
    return cat.getInputStream().readAllBytes();
  }

  private static void checkTorn(Path torn, String which) throws Exception {
    try (JdbcQueue queue =
        JdbcQueue.sqliteBuilder(torn).clock(ManualClock.at(QueueMail.NOON)).open()) {
      queue.attach();
      assertEquals("ok", RawSqlite.text(torn, "PRAGMA integrity_check"), which);
      int there = queue.list(new Selection.All(), 0, 100).size();
      for (int i = 0; i < 40; i++) {
        SubmissionId id = new SubmissionId("m" + i + "-0");
        assertEquals(i < there, queue.status(id).isPresent(), which + ": the first ones, whole");
        if (i < there) {
          assertTrue(QueueMail.bytes(queue.message(id)).length > 0, which);
        }
      }
      assertEquals(there, queue.claim(QueueMail.everything(QueueMail.NOON)).size(), which);
      queue.add(List.of(QueueMail.submission("after", QueueMail.NOON, "a@x.example")));
    }
  }
}
