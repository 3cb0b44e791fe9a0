package org.mxrelay.smtp;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a relay can do its work, for an application's own health check.
 *
 * <p>Immutable.
 *
 * @param state in a word
 * @param lastClaim when the engine last asked the store for work and was answered; nothing before
 *     the first time. It does not ask while all its sessions are busy, or while it is paused
 * @param oldestDue the earliest due time of a delivery that is due: the number to alert on. Nothing
 *     if nothing is due, or if the store does not answer
 * @param why what is wrong, in words; empty if nothing is
 */
public record RelayHealth(
    State state, Optional<Instant> lastClaim, Optional<Instant> oldestDue, String why) {

  /** Whether the store takes and gives. */
  public boolean isStoreOk() {
    return state == State.WORKING || state == State.PAUSED;
  }

  /** What a relay can be. */
  public enum State {
    /** It takes mail and delivers it. */
    WORKING,
    /** It takes mail; somebody had it paused. */
    PAUSED,
    /** The store failed when it was last asked. It is asked again and again. */
    STORE_FAILS,
    /** It is closed. */
    CLOSED
  }
}
