package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void noWindow_seesMoreThanItHasIntervals() {
    long seed = 20260301;
    SplittableRandom random = new SplittableRandom(seed);
    // Near the end of the numbers, since a monotonic clock may be there.
    long now = Long.MAX_VALUE - 5_000;
    Pace pace = Pace.from(now, 100);
    List<Long> turns = new ArrayList<>();
    long begun = now;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(i % 3000 < 1000 ? 300 : 20);
      if (pace.isOpen(now)) {
        pace = pace.taken(now);
        turns.add(now - begun);
      }
    }
    assertTrue(turns.size() > 3_000, "turns: " + turns.size());
    for (int i = 10; i < turns.size(); i++) {
      long eleven = turns.get(i) - turns.get(i - 10);
      assertTrue(eleven >= 1_000, "seed " + seed + ": 11 in " + eleven);
    }
  }

  @Test
  void turnsThatAreReserved_followEachOther() {
    Pace pace = Pace.from(1_000, 100);
    assertEquals(0, pace.left(1_000));
    pace = pace.taken(1_000).taken(1_010).taken(1_020);
    assertEquals(280, pace.left(1_020));
    assertFalse(pace.isOpen(1_299));
    assertTrue(pace.isOpen(1_300));
  }

  @Test
  void nothing_isSavedUp() {
    Pace pace = Pace.from(0, 100).taken(1_000_000);
    assertFalse(pace.isOpen(1_000_099));
  }
}
