package org.mxrelay.smtp.queue.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.smtp.queue.ClaimRequest;

/**
 * When a claim has to ask the tables, and not the journal alone: they have a writer that is busy
 * with what ended, and nothing for most claims.
 *
 * <p>Safe for use by several threads.
 */
final class TablesTurn {

  /** What comes due in the tables waits no longer than that while there is fresh mail. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** What only a claim can find out waits no longer than that. */
  private static final Duration CLAIM_EVERY = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private boolean changed = true;
  private boolean others;
  private Instant claimedAt = Instant.MIN;
  private Instant lookedAt = Instant.MIN;

  /** How to ask the tables. */
  enum Ask {
    /** Their writer, which also sweeps, and sees what others did. */
    CLAIM,
    /** Beside their writer, whether there is something to claim. */
    LOOK,
    NOTHING
  }

  /**
   * How to ask them for a claim.
   *
   * @param idle whether there is nothing else to claim
   */
  Ask next(ClaimRequest request, boolean idle) {
    lock.lock();
    try {
      if (request.wantsPostponed() || isOver(CLAIM_EVERY, claimedAt, request.now())) {
        return Ask.CLAIM;
      }
      // Where there is a single place, each gets it every other time.
      others = !others && !idle && request.most() == 1;
      if (others) {
        return Ask.NOTHING;
      }
      if (changed) {
        return Ask.CLAIM;
      }
      return idle || isOver(LOOK_EVERY, lookedAt, request.now()) ? Ask.LOOK : Ask.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  /** A clock that was set back must not keep anybody from asking. */
  private static boolean isOver(Duration time, Instant since, Instant now) {
    return now.isBefore(since) || since.isBefore(now.minus(time));
  }

  /** Something happened in the tables that may have made something due. */
  void changed() {
    lock.lock();
    try {
      changed = true;
    } finally {
      lock.unlock();
    }
  }

  /** They are asked now. */
  void claims(Instant now) {
    lock.lock();
    try {
      changed = false;
      claimedAt = now;
      lookedAt = now;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing was found there now. */
  void sawNothing(Instant now) {
    lock.lock();
    try {
      lookedAt = now;
    } finally {
      lock.unlock();
    }
  }
}
