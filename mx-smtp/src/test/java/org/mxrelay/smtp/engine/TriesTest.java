package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.queue.Delivery;

class TriesTest {

  private static final RetrySchedule TEN_MINUTES_MORE_EACH = new FixedPolicy().schedule();

  @ParameterizedTest
  @CsvSource({
    // attempts before, session begun, age, place
    "0, true, PT0S, 1",
    "0, true, PT100H, 1",
    "4, true, PT0S, 5",
    "0, false, PT0S, 1",
    "0, false, PT9M59S, 1",
    "0, false, PT10M, 2",
    "0, false, PT30M, 3",
    "0, false, PT59M, 3",
    "5, false, PT10M, 6",
  })
  void place_countsAttemptsOrTheDelaysThatFitIntoTheAge(
      int attempts, boolean begun, Duration age, int place) {
    assertEquals(place, place(attempts, begun, age));
  }

  @Test
  void veryShortSchedule_isNotCountedOutForever() {
    Tries.Now now = new Tries.Now(Rig.START.plus(Duration.ofDays(5)), new SplittableRandom(1));

    assertEquals(
        200, Tries.place(delivery(0), false, (attempt, random) -> Duration.ofMillis(1), now));
  }

  private static int place(int attempts, boolean begun, Duration age) {
    Tries.Now now = new Tries.Now(Rig.START.plus(age), new SplittableRandom(1));
    return Tries.place(delivery(attempts), begun, TEN_MINUTES_MORE_EACH, now);
  }

  private static Delivery delivery(int attempts) {
    Rig rig = new Rig();
    rig.submit("bob@shop.example", "ann@example.org");
    Delivery d = rig.onlyPending();
    return new Delivery(
        d.id(),
        d.submission(),
        d.destination(),
        d.reversePath(),
        d.options(),
        d.open(),
        d.facts(),
        d.queuedAt(),
        d.due(),
        attempts,
        d.uncertain(),
        d.delayNoticed());
  }
}
