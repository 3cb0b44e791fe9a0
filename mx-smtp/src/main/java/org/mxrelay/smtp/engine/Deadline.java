package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment on the monotonic clock. Immutable. */
record Deadline(LongSupplier nanos, long at) {

  static Deadline in(Duration length, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + length.toNanos());
  }

  boolean isOver() {
    return at - nanos.getAsLong() <= 0;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, at - nanos.getAsLong()));
  }
}
