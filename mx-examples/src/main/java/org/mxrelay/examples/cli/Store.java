package org.mxrelay.examples.cli;

import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;

/**
 * An open queue, as the engine and as people use it.
 *
 * @param queue for the engine
 * @param admin the same for people
 */
record Store(DeliveryQueue queue, QueueAdmin admin) implements AutoCloseable {

  @Override
  public void close() {
    queue.close();
  }
}
