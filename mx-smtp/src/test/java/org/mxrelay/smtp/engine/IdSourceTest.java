package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.ManualClock;

class IdSourceTest {

  private final ManualClock clock = ManualClock.at(Rig.START);
  private final IdSource ids = new IdSource(clock, new SplittableRandom(7));

  @Test
  void ids_sortByTime() {
    SubmissionId before = ids.next();
    for (int i = 0; i < 1000; i++) {
      clock.advance(Duration.ofMillis(1 + i * i));
      SubmissionId next = ids.next();
      assertTrue(before.compareTo(next) < 0, before + " before " + next);
      assertEquals(26, next.value().length());
      before = next;
    }
  }

  @Test
  void idsOfOneMillisecond_differ() {
    Set<SubmissionId> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertTrue(seen.add(ids.next()));
    }
  }
}
