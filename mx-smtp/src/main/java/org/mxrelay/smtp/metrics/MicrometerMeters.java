package org.mxrelay.smtp.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Numbers for Micrometer, whose library has to be on the path: {@code MxRelay.builder().meters(new
 * MicrometerMeters(registry))}.
 *
 * <p>Safe for use by several threads.
 */
@SuppressWarnings("exports") // Whoever calls this requires the module that is optional for others.
public final class MicrometerMeters implements Meters {

  private final MeterRegistry registry;

  public MicrometerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void count(String name, Map<String, String> tags) {
    registry.counter(name, of(tags)).increment();
  }

  @Override
  public void took(String name, Map<String, String> tags, Duration length) {
    registry.timer(name, of(tags)).record(length);
  }

  @Override
  public Runnable gauge(String name, Map<String, String> tags, DoubleSupplier value) {
    Gauge gauge =
        Gauge.builder(name, value::getAsDouble)
            .tags(of(tags))
            .strongReference(true)
            .register(registry);
    return () -> registry.remove(gauge);
  }

  private static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream().map(tag -> Tag.of(tag.getKey(), tag.getValue())).toList();
  }
}
