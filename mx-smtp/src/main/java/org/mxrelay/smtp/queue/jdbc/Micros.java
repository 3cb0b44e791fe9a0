package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as the store keeps them: microseconds since 1970, which a BIGINT holds in every engine. */
final class Micros {

  private static final Instant EARLIEST = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
  private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

  private Micros() {}

  /** Times that lie beyond the range are moved to its ends. */
  static long of(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(LATEST) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static @Nullable Long of(Optional<Instant> time) {
    return time.map(Micros::of).orElse(null);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
