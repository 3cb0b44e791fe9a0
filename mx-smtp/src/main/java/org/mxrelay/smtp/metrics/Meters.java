package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where numbers go: what a relay needs of a library of metrics.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. It must not
 * block. What it throws is logged, and changes nothing.
 *
 * <p>Tags have few values each: no domain, no address and no id is ever one.
 */
public interface Meters {

  /** Something happened once more. */
  void count(String name, Map<String, String> tags);

  /** Something took that long. */
  void took(String name, Map<String, String> tags, Duration length);

  /**
   * Something has a value that can be asked for, by any thread, as often as is liked; {@link
   * Double#NaN} when it is not known.
   *
   * @return forgets it again
   */
  Runnable gauge(String name, Map<String, String> tags, DoubleSupplier value);
}
