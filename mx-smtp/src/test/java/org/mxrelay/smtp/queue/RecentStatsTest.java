package org.mxrelay.smtp.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentStatsTest {

  private final AtomicLong nanos = new AtomicLong();
  private Duration cost = Duration.ZERO;
  private boolean failing;
  private int counted;

  private final RecentStats stats = new RecentStats(this::count, nanos::get);

  private QueueStats count() {
    counted++;
    nanos.addAndGet(cost.toNanos());
    if (failing) {
      throw new QueueException("planted");
    }
    return new QueueStats(counted, 0, 0, 0, Optional.empty());
  }

  private long due() {
    return stats.get().due();
  }

  @Test
  void thoseWhoAskWithinSeconds_getOneCount() {
    assertEquals(1, due());
    nanos.addAndGet(RecentStats.FRESH.toNanos() - 1);
    assertEquals(1, due());
    nanos.addAndGet(1);
    assertEquals(2, due());
  }

  @Test
  void countThatTakesLong_isMadeMoreSeldom() {
    cost = Duration.ofMillis(500);
    assertEquals(1, due());
    nanos.addAndGet(Duration.ofSeconds(49).toNanos());
    assertEquals(1, due());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertEquals(2, due());
  }

  @Test
  void storeThatFails_isAskedAgainByTheNext() {
    assertEquals(1, due());
    nanos.addAndGet(RecentStats.FRESH.toNanos());
    failing = true;
    assertThrows(QueueException.class, stats::get);
    assertThrows(QueueException.class, stats::get);
    failing = false;
    assertEquals(4, due());
  }
}
