package org.mxrelay.smtp.queue.jdbc;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

/** A process that fills a queue by adds, most of it for one domain, and measures its calls. */
final class LongQueue {

  private static final int BATCH = 1_000;
  private static final int ROUNDS = 60;

  private final JdbcQueue queue;
  private final Instant now = Instant.now();
  private int added;

  private LongQueue(JdbcQueue queue) {
    this.queue = queue;
  }

  public static void main(String[] args) {
    int all = Integer.parseInt(args[1]);
    try (JdbcQueue queue = JdbcQueue.sqlite(Path.of(args[0]))) {
      queue.attach();
      LongQueue filler = new LongQueue(queue);
      long begun = System.nanoTime();
      filler.fill(all);
      tell("adds a second", all / seconds(begun));
      double[] rounds = filler.rounds();
      tell("claim cpu ms", rounds[0]);
      tell("settle cpu ms", rounds[1]);
      filler.look();
      Runtime runtime = Runtime.getRuntime();
      tell("heap MB", (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }
    System.out.println("done");
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void tell(String name, double value) {
    System.out.println(name + String.format(Locale.ROOT, " %.3f", value));
  }

  /** Nine of ten for one domain, the others for a thousand. */
  private void fill(int count) {
    for (int left = count; left > 0; left -= BATCH) {
      List<Submission> batch = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, left); i++) {
        String domain = added % 10 == 0 ? "d" + added / 10 % 1_000 + ".example" : "hot.example";
        batch.add(QueueMail.submission("m" + added++, now, "u@" + domain));
      }
      queue.add(batch);
    }
  }

  /** This thread's own, so that whatever else the machine does has no say. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** What a claim and a settle cost, in milliseconds of a processor, the middle of many. */
  private double[] rounds() {
    double[] claims = new double[ROUNDS];
    double[] settles = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = cpu();
      List<Lease> leases = queue.claim(QueueMail.room(now, 64, 20));
      claims[i] = (cpu() - begun) / 1e6;
      begun = cpu();
      queue.settle(
          leases.stream()
              .map(l -> QueueMail.rescheduled(l, now.plus(Duration.ofDays(1)), now))
              .toList());
      settles[i] = (cpu() - begun) / 1e6;
    }
    Arrays.sort(claims);
    Arrays.sort(settles);
    return new double[] {claims[ROUNDS / 2], settles[ROUNDS / 2]};
  }

  private void look() {
    long begun = System.nanoTime();
    QueueStats stats = queue.stats();
    tell("stats ms", seconds(begun) * 1_000);
    if (stats.pending() != added) {
      throw new AssertionError(added + " added, " + stats);
    }
    begun = System.nanoTime();
    int listed = queue.list(new Selection.All(), 0, 500).size();
    tell("list of " + listed + " ms", seconds(begun) * 1_000);
    begun = System.nanoTime();
    int held = queue.hold(new Selection.To(QueueMail.to("d7.example")), "by hand", now);
    tell("hold of " + held + " ms", seconds(begun) * 1_000);
    begun = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      List<Lease> leases = queue.claim(QueueMail.room(now, 500, 500));
      queue.settle(leases.stream().map(l -> QueueMail.relayed(l, now)).toList());
    }
    tell("drained a second", 20 * 500 / seconds(begun));
  }
}
