package org.mxrelay.examples.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.examples.proof.Ground.Running;
import org.mxrelay.smtp.testkit.DatabaseServer;

/**
 * Two nodes, whose clocks are ten minutes apart, submit and deliver from one PostgreSQL queue while
 * they are killed, also right before and after a commit, and stopped beyond their leases, and the
 * database crashes: nothing is lost, changed or invented (G1, G2, G3, G4, G5, G14).
 *
 * <p>Leases last a quarter of their usual time, in the store and for the engine alike.
 */
@Tag("ci")
class NodesCrashTest {

  private static final int SHORTER = 4;
  private static final Duration BEYOND_LEASES = Duration.ofSeconds(18);

  private final long seed = Long.getLong("mx.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Running> nodes = new ArrayList<>();

  @TempDir Path folder;
  @TempDir Path database;

  /** What befalls a node or the store. */
  private enum Mishap {
    KILL,
    COMMIT_BEGINS,
    STOP,
    COMMITTED,
    DATABASE
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nodesKilledAndStoppedAndDatabaseCrashed_loseNothing() {
    mishaps(1);
  }

  @Test
  @Tag("proof")
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void nodesKilledAndStoppedOverAndOver_loseNothing() {
    mishaps(20);
  }

  private void mishaps(int rounds) {
    try (DatabaseServer server = DatabaseServer.postgresql(database);
        Ground ground = new Ground(folder, server.newDatabase())) {
      nodes.add(ground.begin(orders(ground, 0)));
      nodes.add(ground.begin(orders(ground, 1)));
      for (int round = 0; round < rounds; round++) {
        for (Mishap mishap : Mishap.values()) {
          int who = random.nextInt(2);
          ground.awaitBytes(nodes.get(who), random.nextInt(15_000));
          befall(mishap, ground, who, server);
        }
      }
      nodes.forEach(ground::kill);
      // The clock that is ahead: what its node accepted is due by it.
      Checker.Verdict verdict = ground.finish(orders(ground, 1));
      System.out.println(
          "seed "
              + seed
              + ", "
              + 5 * rounds
              + " mishaps: "
              + verdict.accepted()
              + " letters accepted, "
              + verdict.taken()
              + " taken, duplicates "
              + verdict.again());
      assertEquals(List.of(), verdict.faults(), "seed " + seed);
      assertTrue(verdict.accepted() > 0, "nothing was accepted");
    }
  }

  private static Orders orders(Ground ground, int who) {
    return ground
        .orders()
        .with("mix", Fate.Mix.SWIFT)
        .with("letters", 1_000_000)
        .with("pause", 50)
        .with("shorter", SHORTER)
        .with("skew", who == 0 ? -300 : 300);
  }

  private void befall(Mishap mishap, Ground ground, int who, DatabaseServer server) {
    switch (mishap) {
      case KILL -> {
        ground.kill(nodes.get(who));
        nodes.set(who, ground.begin(orders(ground, who)));
      }
      case COMMIT_BEGINS, COMMITTED -> {
        ground.kill(nodes.get(who));
        Orders fatal =
            orders(ground, who).with("point", mishap).with("time", random.nextInt(60) + 1);
        Running doomed = ground.begin(fatal);
        doomed.suffers();
        ground.awaitHalt(doomed);
        nodes.set(who, ground.begin(orders(ground, who)));
      }
      case STOP -> stop(nodes.get(who));
      case DATABASE -> {
        // Whoever opens a queue whose database dies just then is told so, and does not begin.
        nodes.forEach(ground::awaitFirstLetter);
        nodes.forEach(Running::suffers);
        server.crash();
        server.start();
      }
    }
  }

  private static void stop(Running node) {
    node.isStopped();
    node.child().signal("STOP");
    long end = System.nanoTime() + BEYOND_LEASES.toNanos();
    Child.await("the leases' end", Duration.ofMinutes(1), () -> System.nanoTime() > end);
    node.child().signal("CONT");
  }
}
