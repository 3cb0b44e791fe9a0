package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.List;

/**
 * What people need of a queue: to look at it, and to step in. Every action can be repeated without
 * harm, and answers how many deliveries it changed. A delivery that somebody works on keeps going;
 * what was asked takes effect when its lease ends, by settle, release or time.
 *
 * <p>Safe for use by several threads, and beside a running engine.
 */
public interface QueueAdmin {

  /**
   * Deliveries that are not ended, by id.
   *
   * @param afterId of the last one seen; 0 for the first
   */
  List<QueueEntry> list(Selection which, long afterId, int most);

  /** Keeps deliveries back until released. One that is being attempted is held when it settles. */
  int hold(Selection which, String why, Instant now);

  /** Lets held deliveries go on, due at once. */
  int release(Selection which, Instant now);

  /**
   * Makes queued deliveries due at once, the oldest first, and forgets postponements of their
   * destinations. Leaves those alone that are held or worked on.
   */
  int flush(Selection which, Instant now);

  /**
   * Ends the open recipients of deliveries as cancelled. One that is being attempted ends when it
   * settles; relayed stays relayed.
   */
  int cancel(Selection which, Instant now);
}
