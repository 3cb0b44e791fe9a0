package org.mxrelay.examples.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A relay at work for a quarter of an hour, or {@code mx.soak}: a thousand domains, one recipient
 * in ten refused for now, the sink and the name server restarted every minute.
 */
class SoakTest {

  private static final Duration LENGTH = Duration.parse(System.getProperty("mx.soak", "PT15M"));

  /** Restarts, and readings of the gauge between two of them. */
  private static final int RESTARTS = (int) Math.max(3, LENGTH.toMinutes());

  private static final Duration BETWEEN = LENGTH.dividedBy(RESTARTS + 1);

  @TempDir Path folder;

  @Test
  @Tag("proof")
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void soak_balancesItsLedgerAndHoldsNoMoreThanAtTheBeginning() {
    try (Ground ground = Ground.onFile(folder)) {
      Ground.Running node =
          ground.begin(
              ground
                  .orders()
                  .with("mix", Fate.Mix.SOAK)
                  .with("domains", 1_000)
                  .with("letters", 1_000_000)
                  .with("pause", 40)
                  .with("gauge", Math.max(1, BETWEEN.toSeconds() / 6)));
      node.child().awaitWord("started");
      for (int i = 0; i < RESTARTS; i++) {
        pass(node, BETWEEN);
        ground.restartSink();
        ground.restartDns();
      }
      pass(node, BETWEEN);
      node.child().endInput();
      assertEquals(0, node.child().awaitEnd(Duration.ofMinutes(2)), node.child().said());
      ground.end(node);
      Checker.Verdict verdict = ground.finish();
      System.out.println(
          "soak of "
              + LENGTH
              + ": "
              + verdict.accepted()
              + " letters accepted, "
              + verdict.taken()
              + " taken, duplicates "
              + verdict.again());
      assertEquals(List.of(), verdict.faults());
      assertTrue(verdict.accepted() > LENGTH.toSeconds(), "next to nothing was accepted");
      assertFlat();
    }
  }

  private static void pass(Ground.Running node, Duration length) {
    long end = System.nanoTime() + length.toNanos();
    Child.await(
        "the time",
        length.plusMinutes(1),
        () -> System.nanoTime() > end || !node.child().isAlive());
    assertTrue(node.child().isAlive(), () -> node.child().said());
  }

  private void assertFlat() {
    List<String[]> readings = Journal.read(folder, "gauge");
    assertTrue(readings.size() >= 9, readings.size() + " readings");
    assertFlat("descriptors", readings, words -> Long.parseLong(words[1]), 16);
    assertFlat("threads", readings, words -> Long.parseLong(words[2]), 8);
    assertFlat("heap", readings, words -> Long.parseLong(words[3]), 3 << 20);
  }

  /** The first third is for warming up: caches fill, pools grow. */
  private static void assertFlat(
      String what, List<String[]> readings, ToLongFunction<String[]> of, long slack) {
    int third = readings.size() / 3;
    double middle = mean(readings.subList(third, 2 * third), of);
    double end = mean(readings.subList(2 * third, readings.size()), of);
    System.out.printf("%s: %.0f on average, %.0f in the last third%n", what, middle, end);
    assertTrue(end <= middle + slack, what + " grew from " + middle + " to " + end);
  }

  private static double mean(List<String[]> readings, ToLongFunction<String[]> of) {
    return readings.stream().mapToLong(of).average().orElseThrow();
  }
}
