package org.mxrelay.examples.relay;

import java.util.concurrent.atomic.LongAdder;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.backup.BackupEvent;
import org.mxrelay.smtp.backup.BackupListener;
import org.mxrelay.smtp.queue.Outcome;

/**
 * What happened since the start.
 *
 * <p>Safe for use by several threads.
 */
public final class Counts implements BackupListener, RelayListener {

  private final LongAdder passedOn = new LongAdder();
  private final LongAdder queued = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder forwarded = new LongAdder();

  @Override
  public void cutThroughTaken(BackupEvent.CutThroughTaken event) {
    passedOn.increment();
  }

  @Override
  public void queued(BackupEvent.Queued event) {
    queued.increment();
  }

  @Override
  public void refused(BackupEvent.Refused event) {
    refused.increment();
  }

  @Override
  public void ended(Outcome outcome) {
    if (outcome.outcome() == Outcome.End.RELAYED) {
      forwarded.increment();
    }
  }

  /** Messages that the primary took while their clients waited. */
  long passedOn() {
    return passedOn.sum();
  }

  /** Messages that were queued. */
  long queued() {
    return queued.sum();
  }

  /** Times that a client was told no, or not now. */
  long refused() {
    return refused.sum();
  }

  /** Recipients for whom the primary took a message from the queue. */
  long forwarded() {
    return forwarded.sum();
  }
}
