package org.mxrelay.smtp.queue;

import java.util.Locale;

/**
 * A delivery as people look at it.
 *
 * <p>Immutable.
 *
 * @param delivery what
 * @param state in which state
 * @param why why it is held, or why it waits to be attempted alone; else empty
 */
public record QueueEntry(Delivery delivery, State state, String why) {

  /** The states of a delivery that is not ended. */
  public enum State {
    /** Waits for its due time, or is due. */
    QUEUED,
    /** Somebody works on it. */
    LEASED,
    /** Waits for a person. */
    HELD;

    /** The word in records and on the command line: {@code queued}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
