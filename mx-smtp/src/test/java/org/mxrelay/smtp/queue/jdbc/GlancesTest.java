package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.QueueMail;

class GlancesTest {

  @Test
  void glances_areAQuarterOfASecondGiveOrTakeAFifth() {
    Glances glances = new Glances(new SplittableRandom(1));
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long millis = glances.next().toMillis();
      assertTrue(millis >= 200 && millis <= 300, "ms: " + millis);
      sum += millis;
    }
    assertEquals(250, sum / 10_000.0, 2);
  }

  @Test
  void extremesOfChance_areTheShortestAndTheLongest() {
    RandomGenerator low = () -> 0;
    assertEquals(Glances.SHORTEST, new Glances(low).next());
    assertEquals(Glances.SHORTEST.toMillis() * 3, Glances.LONGEST.toMillis() * 2);
  }

  @Test
  void nodesThatBeganTogether_areOutOfStepAfterAMinute() {
    Glances one = new Glances(new SplittableRandom(1));
    Glances other = new Glances(new SplittableRandom(2));
    Duration minute = Duration.ofMinutes(1);
    Duration apart = first(one, minute).minus(first(other, minute)).abs();
    assertTrue(apart.compareTo(Duration.ofMillis(5)) > 0, "apart: " + apart);
  }

  /** The first glance after that time. */
  private static Duration first(Glances glances, Duration after) {
    Duration at = Duration.ZERO;
    while (at.compareTo(after) <= 0) {
      at = at.plus(glances.next());
    }
    return at;
  }

  @Test
  void waitingQueue_drawsFromWhatItWasGiven(@TempDir Path directory) throws Exception {
    AtomicInteger draws = new AtomicInteger();
    RandomGenerator counting = draws::incrementAndGet;
    try (JdbcQueue queue =
        JdbcQueueBuilder.file(directory.resolve("q.db")).random(counting).open()) {
      queue.attach();
      queue.claim(QueueMail.everything(Instant.now()));
      queue.awaitWork(Duration.ofMillis(1));
    }
    assertTrue(draws.get() > 0, "nothing was drawn");
  }
}
