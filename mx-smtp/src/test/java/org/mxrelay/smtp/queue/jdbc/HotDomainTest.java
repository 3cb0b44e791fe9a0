package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

/** A million messages for one domain, on disk. */
@Tag("ci")
class HotDomainTest {

  private static final int MILLION = 1_000_000;
  private static final int BATCH = 5_000;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void millionMessagesOfOneDomain_hideNoOther(@TempDir Path folder) {
    try (JdbcQueue queue = JdbcQueue.sqlite(folder.resolve("queue.db"))) {
      for (int i = 0; i < MILLION; i += BATCH) {
        queue.add(hot(i));
      }
      assertEquals(10, queue.claim(QueueMail.room(NOON, 10, 10)).size());
      queue.add(List.of(QueueMail.submission("fresh", NOON, "ann@fresh.example")));

      long before = System.nanoTime();
      List<Lease> next = queue.claim(QueueMail.room(NOON, 10, 5));
      Duration took = Duration.ofNanos(System.nanoTime() - before);

      assertTrue(QueueMail.ids(next).contains("fresh"), QueueMail.ids(next).toString());
      assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, "a claim took " + took);
    }
  }

  private static List<Submission> hot(int from) {
    return IntStream.range(from, from + BATCH)
        .mapToObj(i -> QueueMail.submission("h" + i, NOON.minusSeconds(60), "a@hot.example"))
        .toList();
  }
}
