package org.mxrelay.smtp;

import java.time.InstantSource;
import java.util.List;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;

/**
 * What people do with a relay's queue while it delivers: look, and step in. Every action can be
 * repeated without harm, and answers how many deliveries it changed. A delivery that is being
 * attempted keeps going; what was asked takes effect when the attempt is over.
 *
 * <p>Safe for use by several threads. Every method throws {@link
 * org.mxrelay.smtp.queue.QueueException} if the store fails.
 */
public final class RelayAdmin {

  private final QueueAdmin queue;
  private final InstantSource clock;

  RelayAdmin(QueueAdmin queue, InstantSource clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Deliveries that are not ended, by id.
   *
   * @param afterId of the last one seen; 0 for the first
   */
  public List<QueueEntry> list(Selection which, long afterId, int most) {
    return queue.list(which, afterId, most);
  }

  /**
   * Keeps deliveries back until they are released.
   *
   * @param why in words, for whoever finds them
   */
  public int hold(Selection which, String why) {
    return queue.hold(which, why, clock.instant());
  }

  /** Lets held deliveries go on, due at once. */
  public int release(Selection which) {
    return queue.release(which, clock.instant());
  }

  /** Makes deliveries due at once, and has destinations tried that could not be reached. */
  public int flush(Selection which) {
    return queue.flush(which, clock.instant());
  }

  /** Ends the open recipients as cancelled. Relayed stays relayed. */
  public int cancel(Selection which) {
    return queue.cancel(which, clock.instant());
  }
}
