package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** Who has the engine's place only for a moment. */
final class EngineLockTest {

  /** Linux gives no process a greater number than 4,194,304. */
  private static final long NOBODY = 5_000_000;

  @TempDir Path directory;

  @Test
  void placeOfADeadEngine_isWaitedForWhileSomebodyRecoversItsMail() throws Exception {
    Path file = directory.resolve("mail.db");
    try (JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(ManualClock.at(NOON)).open()) {
      RawSqlite.run(file, "UPDATE mx_meta SET value = " + NOBODY + " WHERE name = 'engine'");
      SqliteLock recovering = new SqliteLock(directory.resolve("mail.db.lock"));
      assertTrue(recovering.tryTake());
      Thread[] engine = new Thread[1];
      CompletableFuture<Void> attached =
          CompletableFuture.runAsync(
              queue::attach,
              task -> {
                engine[0] = new Thread(task, "attaches");
                engine[0].start();
              });
      while (engine[0].getState() != Thread.State.TIMED_WAITING) {
        assertTrue(engine[0].isAlive(), "it waits");
      }
      recovering.close();
      attached.get(30, TimeUnit.SECONDS);
      queue.add(QueueMail.many("m", 1, NOON, "x.example"));
      assertEquals(1, queue.claim(QueueMail.everything(NOON)).size());
    }
  }
}
