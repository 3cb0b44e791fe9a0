package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** A message that comes in slowly, or without end, holds up nobody. */
final class SlowBodyTest {

  @TempDir Path directory;

  /** A stream that stands still until it is let go on, and says that it stands. */
  private static final class Standing extends InputStream {
    final CountDownLatch stands = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      stands.countDown();
      try {
        if (!go.await(60, TimeUnit.SECONDS)) {
          throw new IOException("nobody let it go on");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return -1;
    }
  }

  @Test
  void slowMessage_neverHoldsTheWriter() throws Exception {
    Path file = directory.resolve("mail.db");
    try (JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(ManualClock.at(NOON)).open()) {
      Standing standing = new Standing();
      Submission sample = QueueMail.submission("slow", NOON, "a@x.example");
      Submission slow =
          new Submission(
              sample.id(),
              sample.envelope(),
              () ->
                  new SequenceInputStream(
                      new ByteArrayInputStream(new byte[3 * Bodies.CHUNK]), standing),
              sample.facts(),
              NOON,
              NOON);
      CompletableFuture<Void> adding = CompletableFuture.runAsync(() -> queue.add(List.of(slow)));
      assertTrue(standing.stands.await(60, TimeUnit.SECONDS));

      // Half of it is stored; everybody else goes on as if it were not there.
      queue.add(QueueMail.many("quick", 1, NOON, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertTrue(queue.settle(List.of(QueueMail.relayed(lease, NOON))).get(0).isStored());
      assertEquals(1, queue.outcomes(0, 10).size());
      assertTrue(queue.status(slow.id()).isEmpty(), "what is not whole is not there");
      assertEquals(0, queue.stats().pending());
      assertFalse(adding.isDone());
      assertTrue(RawSqlite.number(file, "SELECT count(*) FROM mx_chunk") > 0);

      standing.go.countDown();
      adding.get(60, TimeUnit.SECONDS);
      assertEquals(List.of("slow"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      byte[] stored = QueueMail.bytes(queue.message(new SubmissionId("slow")));
      assertEquals(3 * Bodies.CHUNK, stored.length);
    }
  }
}
