package org.mxrelay.smtp.backup;

import java.time.Instant;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;

/**
 * Learns from the relay what becomes of queued messages.
 *
 * <p>Safe for use by several threads.
 */
record Hearing(
    Primaries primaries, Watch watch, Release release, Alarms alarms, Forwarding forwarding)
    implements RelayListener {

  @Override
  public void ended(Outcome outcome) {
    if (outcome.outcome() == Outcome.End.RELAYED) {
      primaries.of(outcome.recipient().destination()).ifPresent(p -> relayed(p, outcome.at()));
    }
  }

  private void relayed(Primary primary, Instant at) {
    forwarding.relayed(at);
    primary.forwarded(at);
    watch.relayed(primary);
  }

  @Override
  public void uncertain(RelayEvent.Uncertain event) {
    release.uncertain(event.at());
  }

  @Override
  public void held(RelayEvent.Held event) {
    boolean forPrimary =
        event.recipient().map(Mailbox::destination).flatMap(primaries::of).isPresent();
    if (forPrimary) {
      alarms.raise(
          KeepRule.alarm(event.why()),
          event.submission()
              + " to "
              + event.recipient().map(Mailbox::toString).orElse("")
              + ": "
              + event.why(),
          event.at());
    }
  }
}
