package org.mxrelay.smtp.backup;

import java.time.Duration;

/** Says when to look for a primary again. Pure: who plans or simulates a backup may ask it too. */
public final class ProbeSchedule {

  private static final Duration SOONEST = Duration.ofSeconds(5);
  private static final Duration LATEST = Duration.ofSeconds(60);

  /** A twelfth of the outage so far: a minute of 5 s steps, and after 12 minutes those of 60 s. */
  private static final int PART = 12;

  private ProbeSchedule() {}

  /**
   * The time until the next probe.
   *
   * @param inState for how long it has been in that state
   */
  public static Duration after(PrimaryState state, Duration inState) {
    return switch (state) {
      case UNKNOWN -> Duration.ZERO;
      case UP -> LATEST;
      case DOWN -> clamped(inState.dividedBy(PART));
    };
  }

  private static Duration clamped(Duration wish) {
    if (wish.compareTo(SOONEST) < 0) {
      return SOONEST;
    }
    return wish.compareTo(LATEST) > 0 ? LATEST : wish;
  }
}
