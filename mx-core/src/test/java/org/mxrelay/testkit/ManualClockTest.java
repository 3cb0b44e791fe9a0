package org.mxrelay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualClock clock = ManualClock.at(START);

  @Test
  void untouched_standsStill() {
    assertEquals(START, clock.instant());
    assertEquals(START, clock.instant());
  }

  @Test
  void advance_movesForwardsAndBack() {
    assertEquals(START.plusSeconds(90), clock.advance(Duration.ofSeconds(90)));
    assertEquals(START.plusSeconds(30), clock.advance(Duration.ofSeconds(-60)));
    assertEquals(START.plusSeconds(30), clock.instant());
  }

  @Test
  void set_jumps() {
    clock.set(Instant.EPOCH);
    assertEquals(Instant.EPOCH, clock.instant());
  }

  @Test
  void advanceBeyondTheLastInstant_throwsAndStays() {
    clock.set(Instant.MAX);
    assertThrows(DateTimeException.class, () -> clock.advance(Duration.ofNanos(1)));
    assertEquals(Instant.MAX, clock.instant());
  }

  @Test
  void severalThreads_loseNoAdvance() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  clock.advance(Duration.ofMillis(1));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(START.plusSeconds(4), clock.instant());
  }
}
