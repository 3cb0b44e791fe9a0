package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters that never throw: a number is not worth a message. The first fault is logged, not each.
 *
 * <p>Safe for use by several threads.
 */
final class HarmlessMeters implements Meters {

  private static final Logger log = LoggerFactory.getLogger(HarmlessMeters.class);

  private final Meters to;
  private final AtomicBoolean told = new AtomicBoolean();

  HarmlessMeters(Meters to) {
    this.to = to;
  }

  @Override
  public void count(String name, Map<String, String> tags) {
    safely(name, () -> to.count(name, tags));
  }

  @Override
  public void took(String name, Map<String, String> tags, Duration length) {
    safely(name, () -> to.took(name, tags, length));
  }

  @Override
  public Runnable gauge(String name, Map<String, String> tags, DoubleSupplier value) {
    try {
      Runnable forget = to.gauge(name, tags, value);
      return () -> safely(name, forget);
    } catch (RuntimeException e) {
      tell(name, e);
      return () -> {};
    }
  }

  private void safely(String name, Runnable measured) {
    try {
      measured.run();
    } catch (RuntimeException e) {
      tell(name, e);
    }
  }

  private void tell(String name, RuntimeException e) {
    if (told.compareAndSet(false, true)) {
      log.error("{} could not be measured, and more like it will not be told", name, e);
    }
  }
}
