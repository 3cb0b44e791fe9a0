package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayHealth;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.checks.ObservedRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.SubmissionUncertain;

/** A whole relay on a small file system that is full: a real one, mounted for the test. */
final class FullDiskTest {

  @TempDir Path directory;

  private final ObservedRelay observed = new ObservedRelay();

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString()));
  }

  @AfterEach
  void unmount() throws Exception {
    observed.close();
    run("umount", directory.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leaves no byte. */
  private Path fill() throws IOException {
    Path filler = directory.resolve("filler");
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int i = 0; i < 10_000; i++) {
        out.write(page);
      }
      throw new AssertionError("a disk without end");
    } catch (IOException e) {
      return filler;
    }
  }

  private static Receipt submit(MxRelay relay, int size) {
    return relay.submit(
        Envelope.from("billing@shop.example").to("ann@example.org"),
        MessageSource.of(new byte[size]));
  }

  @Test
  void fullDisk_refusesNewMailBouncesNothingAndGoesOnByItself() throws Exception {
    CountDownLatch trouble = new CountDownLatch(1);
    RelayListener lost =
        new RelayListener() {
          @Override
          public void leaseLost(RelayEvent.LeaseLost event) {
            trouble.countDown();
          }
        };
    JdbcQueue queue = JdbcQueue.sqliteBuilder(directory.resolve("mail.db")).noJournal().open();
    try (MxRelay relay = observed.builder(queue).listener(lost).start()) {
      relay.pause();
      for (int i = 0; i < 20; i++) {
        ObservedRelay.submit(relay, "user" + i + "@example.org");
      }
      Path filler = fill();
      int refused = 0;
      for (int i = 0; i < 3; i++) {
        QueueException e =
            assertThrows(QueueException.class, () -> submit(relay, 200_000), "refusal " + i);
        assertFalse(e instanceof SubmissionUncertain, () -> "it was refused: " + e);
        refused++;
      }
      relay.resume();
      while (relay.health().state() != RelayHealth.State.STORE_FAILS) {
        assertFalse(relay.drain(java.time.Duration.ofMillis(20)), "delivered on a full disk");
      }
      assertEquals(List.of(), relay.outcomes(0, 100), "nothing bounced");
      Files.delete(filler);

      submit(relay, 200_000);
      assertTrue(relay.drain(ObservedRelay.LONG));
      List<Outcome.End> ends =
          relay.outcomes(0, 100).stream()
              .map(RecordedOutcome::outcome)
              .map(Outcome::outcome)
              .distinct()
              .toList();
      assertEquals(3, refused);
      assertEquals(List.of(Outcome.End.RELAYED), ends);
      assertEquals(21, relay.outcomes(0, 100).size());
      assertEquals(21, observed.server.messages().size(), "and each once");
      assertEquals(RelayHealth.State.WORKING, relay.health().state());
      assertEquals(1, trouble.getCount(), "no lease was lost over it");
    }
    assertEquals("ok", RawSqlite.text(directory.resolve("mail.db"), "PRAGMA integrity_check"));
  }
}
