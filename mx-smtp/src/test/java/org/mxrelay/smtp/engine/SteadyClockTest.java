package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.testkit.ManualClock;

class SteadyClockTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final ManualClock wall = ManualClock.at(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SteadyClock clock = new SteadyClock(wall, nanos::get);

  @Test
  void bothClocksInStep_areBelieved() {
    tick(Duration.ofDays(30));

    assertEquals(START.plus(Duration.ofDays(30)), clock.instant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-59M", "PT-1S", "PT0.5S", "PT1H"})
  void smallCorrection_isBelievedAtOnce(Duration jump) {
    wall.advance(jump);

    assertEquals(START.plus(jump), clock.instant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-2H", "PT61M", "P1D", "P7D", "P-7D"})
  void jump_isBelievedOnceItHasLastedForAMinute(Duration jump) {
    wall.advance(jump);

    assertEquals(START, clock.instant());
    tick(Duration.ofSeconds(59));
    assertEquals(START.plusSeconds(59), clock.instant());
    tick(Duration.ofSeconds(1));
    assertEquals(START.plusSeconds(60).plus(jump), clock.instant());
    tick(Duration.ofHours(3));
    assertEquals(START.plusSeconds(60).plus(jump).plus(Duration.ofHours(3)), clock.instant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"P8D", "P-8D", "P3650D", "P-3650D"})
  void g13_greatJump_isNeverBelieved(Duration jump) {
    wall.advance(jump);

    for (int day = 1; day <= 10; day++) {
      tick(Duration.ofDays(1));
      assertEquals(START.plus(Duration.ofDays(day)), clock.instant());
    }
  }

  @Test
  void jumpThatIsTakenBack_leavesNoTrace() {
    wall.advance(Duration.ofDays(2));
    assertEquals(START, clock.instant());
    tick(Duration.ofSeconds(30));
    wall.advance(Duration.ofDays(-2));

    assertEquals(START.plusSeconds(30), clock.instant());
  }

  @Test
  void secondJump_mustLastAnew() {
    wall.advance(Duration.ofDays(2));
    clock.instant();
    tick(Duration.ofSeconds(50));
    wall.advance(Duration.ofDays(2));
    clock.instant();
    tick(Duration.ofSeconds(50));

    assertEquals(START.plusSeconds(100), clock.instant());
  }

  private void tick(Duration by) {
    wall.advance(by);
    nanos.addAndGet(by.toNanos());
  }
}
