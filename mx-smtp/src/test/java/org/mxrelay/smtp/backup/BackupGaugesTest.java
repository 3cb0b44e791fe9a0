package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.metrics.Meters;
import org.mxrelay.smtp.queue.QueueException;

class BackupGaugesTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final Shown shown = new Shown();
  private PrimaryState state = PrimaryState.DOWN;
  private boolean fails;

  private BackupStatus status() {
    asked.incrementAndGet();
    if (fails) {
      throw new QueueException("disk full");
    }
    return new BackupStatus(
        List.of(new PrimaryStatus("mx1", state, NOON, "refused", Optional.empty())),
        new Backlog(7, 2, Optional.of(NOON.minusSeconds(90))),
        12.5,
        List.of(new Alarm(Alarm.Kind.STALLED, NOON, "nothing is forwarded")),
        NOON);
  }

  private final BackupGauges gauges = new BackupGauges(this::status, nanos::get, shown);

  @AfterEach
  void close() {
    gauges.close();
  }

  @Test
  void status_isShownAsNumbers() {
    assertEquals(
        Map.of(
            "mx.backup.primary.up", 0.0,
            "mx.backup.backlog.messages", 7.0,
            "mx.backup.backlog.held", 2.0,
            "mx.backup.backlog.oldest", 90.0,
            "mx.backup.forwarded", 12.5,
            "mx.backup.alarms", 1.0),
        shown.values());
    gauges.close();
    assertTrue(shown.gauges.isEmpty(), "closed gauges are gone");
  }

  @Test
  void backup_isAskedOnceInFiveSecondsForAllGauges() {
    shown.values();
    shown.values();
    assertEquals(1, asked.get());
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    state = PrimaryState.UP;
    assertEquals(1.0, shown.values().get("mx.backup.primary.up"));
    assertEquals(2, asked.get());
  }

  @Test
  void queueThatFails_leavesNoNumber() {
    fails = true;
    assertTrue(shown.values().values().stream().allMatch(v -> v.isNaN()), shown.values()::toString);
  }

  /** Meters that know only gauges. */
  private static final class Shown implements Meters {

    final Map<String, DoubleSupplier> gauges = new LinkedHashMap<>();

    Map<String, Double> values() {
      Map<String, Double> all = new LinkedHashMap<>();
      gauges.forEach((name, value) -> all.put(name, value.getAsDouble()));
      return all;
    }

    @Override
    public void count(String name, Map<String, String> tags) {
      throw new AssertionError(name);
    }

    @Override
    public void took(String name, Map<String, String> tags, Duration length) {
      throw new AssertionError(name);
    }

    @Override
    public Runnable gauge(String name, Map<String, String> tags, DoubleSupplier value) {
      gauges.put(name, value);
      return () -> gauges.remove(name);
    }
  }
}
