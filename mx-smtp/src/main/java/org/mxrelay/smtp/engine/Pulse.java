package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the store answers, and when work was last asked of it.
 *
 * <p>Safe for use by several threads.
 */
public final class Pulse {

  private volatile Optional<Instant> claimed = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();

  /**
   * What the store answered last.
   *
   * @param at when
   * @param why in words
   */
  public record Failure(Instant at, String why) {}

  void claimed(Instant at) {
    claimed = Optional.of(at);
  }

  void answered() {
    if (failure.isPresent()) {
      failure = Optional.empty();
    }
  }

  void failed(Instant at, String why) {
    failure = Optional.of(new Failure(at, why));
  }

  /** When the last claim was answered; nothing before the first. */
  public Optional<Instant> lastClaim() {
    return claimed;
  }

  /** What went wrong, if the store failed when it was last asked. */
  public Optional<Failure> failure() {
    return failure;
  }
}
