package org.mxrelay.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.mxrelay.address.IpAddress;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.transport.SessionFacts;

/** Events as records. */
final class EventLine {

  private EventLine() {}

  static JsonObject of(RelayEvent.Queued e) {
    return start("queued", e)
        .put("from", e.reversePath().toString())
        .put("recipients", e.recipients())
        .done();
  }

  static JsonObject of(RelayEvent.Attempted e) {
    JsonLine line = start("attempt", e);
    if (e.heard().size() == 1) {
      line.put("recipient", e.heard().keySet().iterator().next().toString());
    }
    line.put("attempt", e.attempt()).put("host", e.route().exchange());
    session(line, e.session());
    heardByAll(line, e.heard().values());
    if (e.heard().size() > 1) {
      line.put("results", results(e.heard()));
    }
    return line.done();
  }

  static JsonLine of(RelayEvent.Deferred e) {
    JsonLine line = start("deferred", e).put("recipient", e.recipient().toString());
    return diagnostic(line.put("attempt", e.attempt()), e.diagnostic()).put("due", e.due());
  }

  static JsonLine of(RelayEvent.Uncertain e) {
    JsonLine line = start("uncertain", e).put("recipient", e.recipient().toString());
    return diagnostic(line.put("attempt", e.attempt()), e.diagnostic());
  }

  static JsonObject of(RelayEvent.Delayed e) {
    return start("delayed", e).put("recipient", e.recipient().toString()).done();
  }

  static JsonObject of(RelayEvent.Held e) {
    JsonLine line = start("held", e);
    e.recipient().ifPresent(r -> line.put("recipient", r.toString()));
    return line.put("why", e.why()).done();
  }

  static JsonObject of(RelayEvent.LeaseLost e) {
    return start("lease_lost", e).put("why", e.why()).done();
  }

  /** {@code relayed}, {@code bounced}, {@code expired} or {@code cancelled}. */
  static JsonLine of(Outcome o) {
    JsonLine line =
        new JsonLine()
            .put("event", o.outcome().word())
            .put("at", o.at())
            .put("id", o.submission().value())
            .put("recipient", o.recipient().toString())
            .put("attempt", o.attempts());
    diagnostic(line, o.diagnostic());
    return o.outcome() == Outcome.End.RELAYED ? line.put("category", "delivered") : line;
  }

  private static JsonLine start(String event, RelayEvent e) {
    return new JsonLine().put("event", event).put("at", e.at()).put("id", e.submission().value());
  }

  /** What was heard, field by field. */
  static JsonLine diagnostic(JsonLine line, Diagnostic d) {
    line.putIfAny("host", d.exchange())
        .putIfAny("stage", d.stage().map(Stage::word).orElse(""))
        .putIfAny("reply", d.reply())
        .put("status", d.status().toString())
        .put("category", category(d));
    return line.putIfAny("why", d.why());
  }

  private static String category(Diagnostic d) {
    return d.status().severity() == 2 ? "delivered" : d.category().word();
  }

  /** Where it was, and under what TLS. */
  static JsonLine session(JsonLine line, SessionFacts session) {
    line.put("address", IpAddress.format(session.address().getAddress()))
        .put("port", session.address().getPort())
        .put("tls", session.tls().map(SessionFacts.TlsFacts::protocol).orElse("none"));
    session
        .tls()
        .ifPresent(
            t -> line.put("cipher", t.cipher()).put("certificate", Words.of(t.certificate())));
    return line;
  }

  /** What holds for all recipients alike stands in the event itself. */
  private static void heardByAll(JsonLine line, Collection<Diagnostic> heard) {
    line.putIfAny("stage", same(heard, d -> d.stage().map(Stage::word).orElse("")))
        .putIfAny("reply", same(heard, Diagnostic::reply))
        .putIfAny("status", same(heard, d -> d.status().toString()))
        .putIfAny("category", same(heard, EventLine::category))
        .putIfAny("why", same(heard, Diagnostic::why));
  }

  private static String same(Collection<Diagnostic> heard, Function<Diagnostic, String> of) {
    return heard.stream().map(of).distinct().count() == 1 ? of.apply(heard.iterator().next()) : "";
  }

  private static JsonArray results(Map<Mailbox, Diagnostic> heard) {
    JsonArray results = new JsonArray();
    heard.forEach(
        (recipient, d) ->
            results.add(
                diagnostic(new JsonLine().put("recipient", recipient.toString()), d).done()));
    return results;
  }
}
