package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.testkit.ManualClock;

/**
 * What a killed process, or a power cut, leaves of a queue with a journal has all that was
 * acknowledged, whatever was done before, and nothing else.
 */
final class JournalCrashTest {

  private static final int QUEUES = 12 * Integer.getInteger("mx.cases", 1);
  private static final int STEPS = 40;

  @TempDir Path directory;

  private final long seed = Long.getLong("mx.seed", 20260301L);
  private final ManualClock clock = ManualClock.at(NOON);
  private int crashes;

  @Test
  void killedProcess_leavesAllThatWasAcknowledged() throws Exception {
    for (int n = 0; n < QUEUES; n++) {
      Random random = new Random(seed + n);
      Path file = directory.resolve(n + "/mail.db");
      try (JdbcQueue queue = JournaledQueue.open(file, clock)) {
        JournalWork work = new JournalWork(queue, clock, random);
        for (int step = 0; step < STEPS; step++) {
          work.step();
          if (random.nextInt(8) == 0) {
            Path left = directory.resolve("left" + crashes++);
            JournaledQueue.copy(file, left);
            check(left, work.model, work.model, "seed " + (seed + n) + ", step " + step);
          }
        }
      }
    }
    assertTrue(crashes > 3 * QUEUES, crashes + " crashes");
  }

  @Test
  void powerCut_leavesAllThatWasAcknowledgedBeforeTheLastCall() throws Exception {
    for (int n = 0; n < QUEUES; n++) {
      Random random = new Random(seed + 1_000 + n);
      Path file = directory.resolve("cut" + n + "/mail.db");
      try (JdbcQueue queue = JournaledQueue.open(file, clock)) {
        JournalWork work = new JournalWork(queue, clock, random);
        for (int step = 0; step < STEPS; step++) {
          if (random.nextInt(8) > 0) {
            work.step();
          } else {
            cut(file, work, random, "seed " + (seed + 1_000 + n) + ", step " + step);
          }
        }
      }
    }
    assertTrue(crashes > 3 * QUEUES, crashes + " crashes");
  }

  /** Of what the last call wrote into the journal, anything may be missing. */
  private void cut(Path file, JournalWork work, Random random, String which) throws Exception {
    JournalModel before = work.model.copy();
    Path current = JournaledQueue.current(file);
    long epoch = JournaledQueue.epoch(current);
    int acknowledged = JournaledQueue.length(current);
    work.step();
    Path left = directory.resolve("torn" + crashes++);
    JournaledQueue.copy(file, left);
    Path segment = left.resolve(current.getFileName());
    if (JournaledQueue.epoch(segment) == epoch) {
      tear(segment, acknowledged, random);
    }
    check(left, before, work.model, which);
  }

  private static void tear(Path segment, int from, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    if (bytes.length <= from) {
      return;
    }
    int at = from + random.nextInt(bytes.length - from);
    switch (random.nextInt(3)) {
      case 0 -> bytes = Arrays.copyOf(bytes, at);
      case 1 -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
      default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(segment, bytes);
  }

  private void check(Path left, JournalModel before, JournalModel after, String which)
      throws Exception {
    Path file = left.resolve("mail.db");
    try (JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(clock).open()) {
      queue.attach();
      assertEquals(0, queue.stats().leased(), which);
      before.check(queue, after, which);
    }
    assertEquals(List.of(), JournaledQueue.files(file).stream().filter(Files::exists).toList());
  }
}
