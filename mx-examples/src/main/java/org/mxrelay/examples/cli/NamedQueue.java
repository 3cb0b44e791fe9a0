package org.mxrelay.examples.cli;

import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueFactory;

/** A queue that the command line names, and that is none of those with a URL of their own. */
final class NamedQueue {

  private NamedQueue() {}

  static Store open(String text) {
    NamedWithOptions named = NamedWithOptions.parse("--queue", text);
    try {
      DeliveryQueue queue = QueueFactory.named(named.name()).open(named.options());
      if (queue instanceof QueueAdmin admin) {
        return new Store(queue, admin);
      }
      queue.close();
      throw UsageError.of("--queue", text, "people cannot look into it, as commands must");
    } catch (IllegalArgumentException | QueueException e) {
      throw UsageError.of("--queue", text, Failures.reason(e));
    }
  }
}
