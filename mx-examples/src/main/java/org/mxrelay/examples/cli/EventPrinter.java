package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.transport.SessionFacts;

/** Prints what happens to messages, as it happens. */
final class EventPrinter implements RelayListener {

  private record Key(SubmissionId submission, Mailbox recipient) {}

  // Outcomes do not tell the session; whoever reads "relayed" wants to know its TLS all the same.
  private final Map<Key, SessionFacts> lastSession = new ConcurrentHashMap<>();
  // The engine and the store may both tell of them.
  private final Set<Key> cancelled = ConcurrentHashMap.newKeySet();
  private final Output out;

  EventPrinter(Output out) {
    this.out = out;
  }

  @Override
  public void queued(RelayEvent.Queued e) {
    print(EventLine.of(e));
  }

  @Override
  public void attempted(RelayEvent.Attempted e) {
    e.heard().keySet().forEach(r -> lastSession.put(new Key(e.submission(), r), e.session()));
    print(EventLine.of(e));
  }

  @Override
  public void deferred(RelayEvent.Deferred e) {
    Key key = new Key(e.submission(), e.recipient());
    print(withSession(EventLine.of(e), e.diagnostic(), lastSession.remove(key)));
  }

  @Override
  public void uncertain(RelayEvent.Uncertain e) {
    Key key = new Key(e.submission(), e.recipient());
    print(withSession(EventLine.of(e), e.diagnostic(), lastSession.get(key)));
  }

  @Override
  public void delayed(RelayEvent.Delayed e) {
    print(EventLine.of(e));
  }

  @Override
  public void held(RelayEvent.Held e) {
    print(EventLine.of(e));
  }

  @Override
  public void leaseLost(RelayEvent.LeaseLost e) {
    print(EventLine.of(e));
  }

  @Override
  public void ended(Outcome o) {
    Key key = new Key(o.submission(), o.recipient());
    if (o.outcome() == Outcome.End.CANCELLED && !cancelled.add(key)) {
      return;
    }
    print(withSession(EventLine.of(o), o.diagnostic(), lastSession.remove(key)));
  }

  private static JsonObject withSession(
      JsonLine line, Diagnostic heard, @Nullable SessionFacts session) {
    if (session != null && !heard.exchange().isEmpty()) {
      EventLine.session(line, session);
    }
    return line.done();
  }

  private void print(JsonObject event) {
    out.print(event, EventText::of);
  }
}
