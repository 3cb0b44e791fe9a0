package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What waits to be forwarded.
 *
 * <p>Immutable.
 *
 * @param messages those that will go on by themselves, one for each domain of their recipients
 * @param held those that wait for a person
 * @param oldest when the oldest was accepted that will go on by itself
 */
public record Backlog(long messages, long held, Optional<Instant> oldest) {

  /** The age of the oldest; zero if there is none. */
  public Duration age(Instant now) {
    return oldest
        .map(o -> Duration.between(o, now))
        .filter(d -> !d.isNegative())
        .orElse(Duration.ZERO);
  }
}
