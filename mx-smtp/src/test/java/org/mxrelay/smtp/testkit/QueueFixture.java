package org.mxrelay.smtp.testkit;

import java.time.InstantSource;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;

/**
 * Where the contract gets its queues from.
 *
 * @param <Q> the queue
 */
public interface QueueFixture<Q extends DeliveryQueue & QueueAdmin> {

  /**
   * A new queue without any deliveries, with a retention of seven days. The test closes it.
   *
   * @param clock the store's clock
   */
  Q open(InstantSource clock);
}
