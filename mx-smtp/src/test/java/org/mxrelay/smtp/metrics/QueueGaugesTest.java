package org.mxrelay.smtp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecentStats;

final class QueueGaugesTest {

  private boolean failing;

  private QueueStats count() {
    if (failing) {
      throw new QueueException("planted");
    }
    return new QueueStats(4, 3, 2, 1, Optional.of(NOON.minusSeconds(90)));
  }

  @Test
  void storeThatFails_isNotANumberUntilItAnswers() {
    QueueGauges gauges =
        new QueueGauges(
            new RecentStats(this::count, () -> 0),
            new MicrometerMeters(new SimpleMeterRegistry()),
            () -> NOON);
    failing = true;
    assertTrue(Double.isNaN(gauges.value(QueueStats::due)));
    failing = false;
    assertEquals(4, gauges.value(QueueStats::due));
  }

  @Test
  void oldest_isInSecondsAndNeverNegative() {
    assertEquals(90, QueueGauges.oldest(count(), NOON));
    assertEquals(0, QueueGauges.oldest(count(), NOON.minusSeconds(100)));
    assertEquals(0, QueueGauges.oldest(new QueueStats(0, 0, 0, 0, Optional.empty()), NOON));
  }
}
