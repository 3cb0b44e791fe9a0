package org.mxrelay.smtp.queue.jdbc;

import org.mxrelay.smtp.queue.LostLeases;
import org.mxrelay.smtp.queue.QueueEntry.State;

/** The states of a delivery in its row. They stand in SQL as numbers, since indexes name them. */
final class States {

  /** Waits in its destination's line. */
  static final int QUEUED = 0;

  /** Somebody works on it. */
  static final int LEASED = 1;

  /** Waits for a person. */
  static final int HELD = 2;

  /** Waits beside the lines, because it may only be attempted alone. */
  static final int SUSPECT = 3;

  private States() {}

  static State word(int state) {
    return switch (state) {
      case LEASED -> State.LEASED;
      case HELD -> State.HELD;
      default -> State.QUEUED;
    };
  }

  /** The state of one that waits. */
  static int waiting(int claims) {
    return claims >= LostLeases.ALONE_AFTER ? SUSPECT : QUEUED;
  }
}
