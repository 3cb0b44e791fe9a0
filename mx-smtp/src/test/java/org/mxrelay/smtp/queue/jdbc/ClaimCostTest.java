package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.testkit.QueueMail;
import org.sqlite.ProgressHandler;

/** What an engine's calls cost, in steps of SQLite's virtual machine: the clock has no say. */
final class ClaimCostTest {

  @TempDir Path directory;

  /** What one round of an engine's calls costs. */
  private record Cost(long claim, long settle, long postpone, long release) {}

  @Test
  void aHundredThousandOfOneDomain_costAClaimNoMoreThanAHundred() throws Exception {
    Cost few = cost("few.db", 100);
    Cost many = cost("many.db", 100_000);
    String both = few + " and " + many;
    assertTrue(few.claim() > 100, "it is counted at all: " + both);
    assertTrue(many.claim() <= few.claim() * 1.1, both);
    assertTrue(many.settle() <= few.settle() * 1.1, both);
    assertTrue(many.postpone() <= few.postpone() * 1.1, both);
    assertTrue(many.release() <= few.release() * 1.1, both);
  }

  private Cost cost(String name, int backlog) throws Exception {
    Path file = directory.resolve(name);
    FaultyDialect dialect = FaultyDialect.on(file);
    try (JdbcQueue queue = dialect.queue()) {
      queue.add(QueueMail.many("hot", 1, NOON, "hot.example"));
      Backlog.copy(file, "hot-0", backlog);
      queue.add(QueueMail.many("fresh", 1, NOON.plusSeconds(1), "fresh.example"));
      queue.claim(QueueMail.room(NOON, 1, 1)); // whatever is done once: statements, sweeps
      AtomicLong steps = new AtomicLong();
      count(dialect, steps);
      List<Lease> leases = queue.claim(QueueMail.room(NOON.plusSeconds(2), 20, 10));
      long claim = steps.getAndSet(0);
      assertEquals(11, leases.size(), "ten of the hot domain, and the fresh one");
      queue.settle(leases.stream().limit(6).map(l -> QueueMail.relayed(l, NOON)).toList());
      long settle = steps.getAndSet(0);
      queue.release(leases.subList(6, 11));
      long release = steps.getAndSet(0);
      queue.postpone(QueueMail.to("hot.example"), NOON.plusSeconds(60));
      return new Cost(claim, settle, steps.get(), release);
    }
  }

  private static void count(FaultyDialect dialect, AtomicLong steps) throws Exception {
    ProgressHandler.setHandler(
        dialect.writing(),
        1,
        new ProgressHandler() {
          @Override
          protected int progress() {
            steps.incrementAndGet();
            return 0;
          }
        });
  }
}
