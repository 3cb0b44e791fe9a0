package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.metrics.Meters;

/**
 * A backup's numbers as gauges: {@code mx.backup.primary.up} (1 or 0), {@code
 * mx.backup.backlog.messages}, {@code mx.backup.backlog.held}, {@code mx.backup.backlog.oldest} (in
 * seconds), {@code mx.backup.forwarded} (recipients a minute) and {@code mx.backup.alarms}. Those
 * of the relay that forwards are got by its own builder: {@link BackupMxBuilder#forwarding}.
 *
 * <p>Safe for use by several threads. The backup is asked at most once in five seconds, however
 * many gauges are read; while its queue fails they are {@link Double#NaN}.
 */
public final class BackupGauges implements AutoCloseable {

  /** For so long an answer is good. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<BackupStatus> source;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> gauges;
  private @Nullable BackupStatus last;
  private long goodUntil;

  BackupGauges(Supplier<BackupStatus> source, LongSupplier nanos, Meters meters) {
    this.source = source;
    this.nanos = nanos;
    this.gauges =
        List.of(
            gauge(meters, "primary.up", s -> s.state() == PrimaryState.UP ? 1 : 0),
            gauge(meters, "backlog.messages", s -> s.backlog().messages()),
            gauge(meters, "backlog.held", s -> s.backlog().held()),
            gauge(meters, "backlog.oldest", s -> s.backlog().age(s.at()).toMillis() / 1000.0),
            gauge(meters, "forwarded", BackupStatus::forwardedPerMinute),
            gauge(meters, "alarms", s -> s.alarms().size()));
  }

  /** Shows the numbers of a backup until closed; close it before the backup. */
  public static BackupGauges show(BackupMx backup, Meters meters) {
    return new BackupGauges(backup::status, System::nanoTime, meters);
  }

  private Runnable gauge(Meters meters, String name, ToDoubleFunction<BackupStatus> of) {
    return meters.gauge("mx.backup." + name, Map.of(), () -> value(of));
  }

  private double value(ToDoubleFunction<BackupStatus> of) {
    try {
      return of.applyAsDouble(status());
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private BackupStatus status() {
    lock.lock();
    try {
      BackupStatus known = last;
      if (known == null || nanos.getAsLong() - goodUntil >= 0) {
        known = source.get();
        last = known;
        goodUntil = nanos.getAsLong() + FRESH.toNanos();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the gauges away. */
  @Override
  public void close() {
    gauges.forEach(Runnable::run);
  }
}
