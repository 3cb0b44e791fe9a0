package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecentStats;

/**
 * A queue's numbers as gauges.
 *
 * <p>Safe for use by several threads.
 */
final class QueueGauges {

  private final RecentStats source;
  private final Meters meters;
  private final InstantSource clock;
  private final List<Runnable> gauges = new CopyOnWriteArrayList<>();

  QueueGauges(RecentStats source, Meters meters, InstantSource clock) {
    this.source = source;
    this.meters = meters;
    this.clock = clock;
  }

  /** Shows them. */
  void show() {
    size("due", QueueStats::due);
    size("scheduled", QueueStats::scheduled);
    size("active", QueueStats::leased);
    size("held", QueueStats::held);
    gauges.add(
        meters.gauge(
            "mx.queue.oldest.due", Map.of(), () -> value(stats -> oldest(stats, clock.instant()))));
  }

  private void size(String state, ToDoubleFunction<QueueStats> of) {
    gauges.add(meters.gauge("mx.queue.size", Map.of("state", state), () -> value(of)));
  }

  /** Takes them away. */
  void hide() {
    gauges.forEach(Runnable::run);
    gauges.clear();
  }

  /** One of the numbers; not a number while the store does not answer. */
  double value(ToDoubleFunction<QueueStats> of) {
    try {
      return of.applyAsDouble(source.get());
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  /** For how many seconds the earliest delivery has been due; 0 if none is. */
  static double oldest(QueueStats stats, Instant now) {
    return stats
        .oldestDue()
        .map(due -> Math.max(0, Duration.between(due, now).toMillis()) / 1000.0)
        .orElse(0.0);
  }
}
