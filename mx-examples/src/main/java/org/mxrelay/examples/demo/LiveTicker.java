package org.mxrelay.examples.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;

/** Tells what happens while it happens, and remembers it. Safe for use by several threads. */
final class LiveTicker implements RelayListener {

  private final List<RelayEvent.Attempted> attempts = new CopyOnWriteArrayList<>();
  private final List<RelayEvent.Deferred> deferrals = new CopyOnWriteArrayList<>();
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final Narrator narrator;

  LiveTicker(Narrator narrator) {
    this.narrator = narrator;
  }

  @Override
  public void attempted(RelayEvent.Attempted e) {
    attempts.add(e);
    String heard = e.heard().values().stream().findFirst().map(LiveTicker::words).orElse("");
    narrator.tell(String.format("attempt %d  %-18s  %s", e.attempt(), e.route().exchange(), heard));
  }

  @Override
  public void deferred(RelayEvent.Deferred e) {
    deferrals.add(e);
    narrator.tell("           " + e.recipient() + " waits for the next attempt");
  }

  @Override
  public void ended(Outcome o) {
    outcomes.add(o);
    narrator.tell("           " + o.recipient() + " " + o.outcome().word());
  }

  private static String words(Diagnostic heard) {
    return heard.reply().isEmpty() ? heard.why() : heard.reply();
  }

  /** The names of the exchanges that were tried, in order. */
  List<String> tried() {
    return attempts.stream().map(e -> e.route().exchange()).toList();
  }

  List<RelayEvent.Deferred> deferrals() {
    return deferrals;
  }

  /** How a recipient ended; nothing else ended more than once. */
  List<Outcome> outcomesOf(String recipient) {
    return outcomes.stream().filter(o -> o.recipient().toString().equals(recipient)).toList();
  }

  /** Whether the recipient ended once, and so. */
  boolean ended(String recipient, Outcome.End as) {
    List<Outcome> all = outcomesOf(recipient);
    return all.size() == 1 && all.get(0).outcome() == as;
  }
}
