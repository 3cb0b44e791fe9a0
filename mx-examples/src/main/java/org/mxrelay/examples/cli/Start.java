package org.mxrelay.examples.cli;

import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;

/** Starts a relay on a queue. */
final class Start {

  private Start() {}

  /** The relay, which closes the queue; where it does not come to be, the queue is closed here. */
  static MxRelay relay(MxRelayBuilder builder, QueueUrl url) {
    Store store = url.open();
    try {
      return builder.queue(store.queue()).start();
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
