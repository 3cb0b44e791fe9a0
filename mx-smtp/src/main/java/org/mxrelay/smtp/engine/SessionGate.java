package org.mxrelay.smtp.engine;

import java.time.Duration;
import org.mxrelay.smtp.transport.LastByteGate;

/**
 * What a transport asks while it makes an attempt: whether the last byte may go out, and when it
 * may connect.
 *
 * <p>Confined to the thread that makes the attempt.
 */
record SessionGate(Work work, Lanes lanes, Times.Pause pause) implements LastByteGate {

  @Override
  public Answer ask() {
    return work.ask();
  }

  @Override
  public void connecting() throws InterruptedException {
    long wait = lanes.connectingIn(work);
    if (wait > 0) {
      pause.take(Duration.ofNanos(wait));
    }
  }
}
