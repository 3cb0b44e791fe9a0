package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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

  private @Nullable SmallDisk disk;

  private final ObservedRelay observed = new ObservedRelay();

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(directory, "6m");
  }

  @AfterEach
  void unmount() throws Exception {
    observed.close();
    if (disk != null) {
      disk.unmount();
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
      Path filler = disk.fill();
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
