package org.mxrelay.examples.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that submits and delivers is killed again and again: nothing is lost, changed or
 * invented, and nothing is sent again that was settled (G1, G2, G3, G4, G5).
 */
class CrashProofTest {

  private final long seed = Long.getLong("mx.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void fiveKills_loseNothing() {
    try (Ground ground = Ground.onFile(folder).withLetters(20)) {
      killAt(ground, List.of(KillPoint.ADDED, KillPoint.LAST_BYTE_SENT, KillPoint.SETTLE_BEGINS));
      killSometime(ground, 2);
      assertBalanced(ground.finish(), 5);
    }
  }

  @Test
  @Tag("ci")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyNamedPoint_losesNothing() {
    try (Ground ground = Ground.onFile(folder)) {
      killAt(ground, points());
      assertBalanced(ground.finish(), points().size());
    }
  }

  /** SQLite writes its log by one of these calls, and syncs it by the other. */
  @Test
  @Tag("ci")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killedInTheMidstOfWritingAndSyncing_losesNothing() {
    try (Ground ground = Ground.onFile(folder)) {
      for (int i = 0; i < 3; i++) {
        ground.killAtCall("pwrite64", 1 + random.nextInt(150));
        ground.killAtCall("fdatasync", 1 + random.nextInt(30));
      }
      assertBalanced(ground.finish(), 6);
    }
  }

  @Test
  @Tag("ci")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void twentyFiveKills_loseNothing() {
    try (Ground ground = Ground.onFile(folder, "CHUNKING")) {
      killSometime(ground, 25);
      assertBalanced(ground.finish(), 25);
    }
  }

  @Test
  @Tag("proof")
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  void twoHundredKills_loseNothing() {
    try (Ground ground = Ground.onFile(folder)) {
      for (int round = 0; round < 4; round++) {
        killAt(ground, points());
        killSometime(ground, 50 - points().size());
      }
      assertBalanced(ground.finish(), 200);
    }
  }

  private static List<KillPoint> points() {
    return List.of(KillPoint.values()).stream().filter(KillPoint::isOfFile).toList();
  }

  private void killAt(Ground ground, List<KillPoint> points) {
    points.forEach(point -> ground.killAt(point, 1 + random.nextInt(point.most())));
  }

  private void killSometime(Ground ground, int times) {
    for (int i = 0; i < times; i++) {
      ground.killSometime(random);
    }
  }

  private void assertBalanced(Checker.Verdict verdict, int kills) {
    System.out.println(
        "seed "
            + seed
            + ", "
            + kills
            + " kills: "
            + verdict.accepted()
            + " letters accepted, "
            + verdict.taken()
            + " taken, duplicates "
            + verdict.again());
    assertEquals(List.of(), verdict.faults(), "seed " + seed);
    assertTrue(verdict.accepted() > 0, "nothing was accepted");
  }
}
