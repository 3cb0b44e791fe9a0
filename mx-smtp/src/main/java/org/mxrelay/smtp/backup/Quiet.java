package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the relay quiet as long as a primary is down, as whoever found it down did at first.
 * Confined to one thread.
 */
final class Quiet {

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Primaries primaries;
  private final Release release;
  private final Map<Primary, Instant> renewals = new HashMap<>();

  Quiet(Primaries primaries, Release release) {
    this.primaries = primaries;
    this.release = release;
  }

  void keep(Instant now) {
    for (Primary primary : primaries.all()) {
      if (primary.state() != PrimaryState.DOWN) {
        renewals.remove(primary);
      } else if (!now.isBefore(renewals.computeIfAbsent(primary, p -> now.plus(EVERY)))) {
        renewals.put(primary, now.plus(EVERY));
        release.quieten(primary);
      }
    }
  }
}
