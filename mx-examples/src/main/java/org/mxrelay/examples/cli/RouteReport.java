package org.mxrelay.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mxrelay.address.IpAddress;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.routing.RouteNote;

/**
 * A routing decision as a record.
 *
 * <p>Immutable.
 *
 * @param domain as it was asked for
 * @param tls the word of the TLS that a route has at least
 */
record RouteReport(String domain, Function<Route, String> tls) {

  JsonObject of(RouteDecision decision) {
    JsonLine line = new JsonLine().put("domain", domain);
    decision.fold(
        attempt ->
            line.put("outcome", "hosts")
                .put("permanent", JsonNull.INSTANCE)
                .put("status", JsonNull.INSTANCE)
                .put("reason", JsonNull.INSTANCE),
        defer -> without(line, "temp_error", defer.status(), defer.why()).put("permanent", false),
        fail ->
            without(line, outcome(fail.reason()), fail.status(), fail.why())
                .put("permanent", true));
    return line.put("hosts", hosts(decision.routes()))
        .put("refused", refused(decision.trail().notes()))
        .done();
  }

  private static JsonLine without(
      JsonLine line, String outcome, EnhancedStatusCode status, String why) {
    return line.put("outcome", outcome).put("status", status.toString()).put("reason", why);
  }

  /** Of a failure; whatever may heal is a {@code temp_error}. */
  private static String outcome(Reason reason) {
    return switch (reason) {
      case NULL_MX, NO_SUCH_DOMAIN, NO_MAIL_HOST, LOOP, INVALID_DOMAIN -> Words.of(reason);
      case REFUSED_ADDRESS -> "no_mail_host";
      case UNRESOLVED, TLS_POLICY -> "temp_error";
    };
  }

  /** By exchange, in the order in which they would be tried first. */
  private JsonArray hosts(List<Route> routes) {
    Map<String, List<Route>> byExchange = new LinkedHashMap<>();
    routes.forEach(r -> byExchange.computeIfAbsent(r.exchange(), x -> new ArrayList<>()).add(r));
    JsonArray hosts = new JsonArray();
    byExchange.values().forEach(same -> hosts.add(host(same)));
    return hosts;
  }

  private JsonObject host(List<Route> same) {
    Route first = same.get(0);
    JsonArray addresses = new JsonArray();
    same.forEach(r -> addresses.add(IpAddress.format(r.address().getAddress())));
    return new JsonLine()
        .put("name", first.exchange())
        .put("preference", first.preference())
        .put("addresses", addresses)
        .put("implicit", first.origin() == Route.Origin.IMPLICIT_MX)
        .put("tls", tls.apply(first))
        .done();
  }

  private static JsonArray refused(List<RouteNote> notes) {
    JsonArray refused = new JsonArray();
    for (RouteNote note : notes) {
      if (note.kind() == RouteNote.Kind.REFUSED) {
        refused.add(
            new JsonLine()
                .put("name", note.exchange())
                .put("address", note.address())
                .put("why", note.why())
                .done());
      }
    }
    return refused;
  }

  /** What led to the decision, note by note. */
  static JsonArray notes(RouteDecision decision) {
    JsonArray notes = new JsonArray();
    for (RouteNote note : decision.trail().notes()) {
      notes.add(
          new JsonLine()
              .put("kind", Words.of(note.kind()))
              .put("exchange", note.exchange())
              .putIfAny("address", note.address())
              .put("why", note.why())
              .done());
    }
    return notes;
  }
}
