package org.mxrelay.smtp.queue;

import java.time.InstantSource;
import org.mxrelay.smtp.testkit.QueueContract;

final class InMemoryQueueTest implements QueueContract<InMemoryQueue> {

  @Override
  public InMemoryQueue open(InstantSource clock) {
    return InMemoryQueue.create(clock);
  }
}
