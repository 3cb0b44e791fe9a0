package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a client should go to the primary, which is up. Pure. */
final class Attitude {

  private Attitude() {}

  /** The answers. */
  enum Course {
    /** Serve it. */
    SERVE,
    /** Send it to the primary. */
    SEND_AWAY
  }

  /**
   * @param firstSeen when the same client network, sender and recipient was first sent away
   */
  static Course decide(
      WhenPrimaryUp option, PrimaryState state, Optional<Instant> firstSeen, Moment moment) {
    boolean applies = option == WhenPrimaryUp.DEFER && state == PrimaryState.UP;
    boolean cameBack =
        firstSeen.filter(seen -> !moment.now().isBefore(seen.plus(moment.after()))).isPresent();
    return applies && !cameBack ? Course.SEND_AWAY : Course.SERVE;
  }

  /**
   * @param after how long a client has to wait until it is served
   */
  record Moment(Instant now, Duration after) {}
}
