package org.mxrelay.examples.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;

/** Remembers whether any recipient failed. Safe for use by several threads. */
final class Tally implements RelayListener {

  private final AtomicBoolean failed = new AtomicBoolean();

  @Override
  public void ended(Outcome outcome) {
    if (isFailure(outcome.outcome())) {
      failed.set(true);
    }
  }

  boolean anyFailed() {
    return failed.get();
  }

  static boolean isFailure(End end) {
    return end == End.BOUNCED || end == End.EXPIRED;
  }
}
