package org.mxrelay.smtp.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;

/** Writes down what is heard, a line each: {@code relayed ann@example.org}. */
final class EventLog implements RelayListener {

  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<RelayEvent.Attempted> attempts = new CopyOnWriteArrayList<>();
  final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  @Override
  public void queued(RelayEvent.Queued event) {
    lines.add("queued " + event.recipients());
  }

  @Override
  public void attempted(RelayEvent.Attempted event) {
    attempts.add(event);
    lines.add("attempted " + event.attempt() + " " + event.route().exchange());
  }

  @Override
  public void deferred(RelayEvent.Deferred event) {
    lines.add("deferred " + event.recipient());
  }

  @Override
  public void uncertain(RelayEvent.Uncertain event) {
    lines.add("uncertain " + event.recipient());
  }

  @Override
  public void delayed(RelayEvent.Delayed event) {
    lines.add("delayed " + event.recipient());
  }

  @Override
  public void held(RelayEvent.Held event) {
    lines.add("held " + event.recipient().map(Mailbox::toString).orElse("by the store"));
  }

  @Override
  public void leaseLost(RelayEvent.LeaseLost event) {
    lines.add("lease lost");
  }

  @Override
  public void ended(Outcome outcome) {
    outcomes.add(outcome);
    lines.add(outcome.outcome().word() + " " + outcome.recipient());
  }
}
