package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says when forwarding stalls: a backup that silently stops forwarding is worse than none. Pure.
 */
final class StallRule {

  private StallRule() {}

  /**
   * What is seen of a primary and its mail.
   *
   * @param upSince when it came back; nothing if it is not up
   * @param oldest when the oldest message was accepted that waits
   * @param lastRelayed when a message was last forwarded
   */
  record Sight(
      Optional<Instant> upSince, Optional<Instant> oldest, Optional<Instant> lastRelayed) {}

  /**
   * Why forwarding stalls; nothing if it does not: the primary is up, mail waits, and neither began
   * nor was any mail forwarded within the limit.
   */
  static Optional<String> why(Sight sight, Duration limit, Instant now) {
    if (sight.upSince().isEmpty() || sight.oldest().isEmpty()) {
      return Optional.empty();
    }
    Instant newest =
        Stream.of(sight.upSince(), sight.oldest(), sight.lastRelayed())
            .flatMap(Optional::stream)
            .max(Instant::compareTo)
            .orElse(now);
    Duration idle = Duration.between(newest, now);
    return idle.compareTo(limit) < 0
        ? Optional.empty()
        : Optional.of(
            "the primary is up since "
                + sight.upSince().get()
                + " and mail waits since "
                + sight.oldest().get()
                + ", but nothing was forwarded for "
                + idle.toSeconds()
                + " s");
  }
}
