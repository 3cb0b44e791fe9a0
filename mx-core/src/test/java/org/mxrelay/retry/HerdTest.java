package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.checks.Property;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Judgement;

/** A hundred thousand messages deferred together must not come back together. */
@Tag("property")
class HerdTest {

  private static final int MESSAGES = 100_000;
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** Attempt, category, within how many seconds deferred, over how many seconds due again. */
  @ParameterizedTest
  @CsvSource({
    "1, OTHER, 1, 120",
    "1, OTHER, 60, 120",
    "1, GREYLISTED, 60, 120",
    "7, OTHER, 60, 5760",
    "20, OTHER, 60, 5760",
    "20, RATE_LIMITED, 60, 5760",
  })
  void backlog_comesBackSpread(int attempt, Category category, int within, int over) {
    RandomGenerator random = Property.random();
    Map<Long, Integer> bySecond = new TreeMap<>();
    for (int i = 0; i < MESSAGES; i++) {
      Instant now = NOON.plusMillis(within * 1_000L * i / MESSAGES);
      bySecond.merge(due(attempt, category, now, random).getEpochSecond(), 1, Integer::sum);
    }
    int fair = MESSAGES / over;
    int worst = bySecond.values().stream().max(Integer::compare).orElseThrow();
    assertTrue(worst <= 1.5 * fair + 30, "in one second " + worst + ", fair " + fair);
    assertEquals(over, bySecond.size(), within + 10);
  }

  private static Instant due(int attempt, Category category, Instant now, RandomGenerator random) {
    RetryPolicy policy = RetryPresets.STANDARD;
    RetryCase of =
        new RetryCase(
            Judgement.temporary(category, "test"),
            attempt,
            NOON.minusSeconds(3_600),
            now,
            policy.schedule().after(attempt, random),
            Duration.ZERO);
    return assertInstanceOf(Decision.Reschedule.class, policy.decide(of)).due();
  }
}
