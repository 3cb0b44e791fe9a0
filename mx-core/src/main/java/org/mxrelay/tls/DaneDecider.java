package org.mxrelay.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteNote;
import org.mxrelay.routing.RouteNote.Kind;

/** What TLSA records make of a decision (RFC 7672). Pure. */
final class DaneDecider {

  private DaneDecider() {}

  /**
   * @param findings for each of the attempt's routes, in their order
   */
  static TlsPlan decide(
      RouteDecision.Attempt attempt, Map<Route, DaneFinding> findings, NextHop nextHop) {
    List<Route> kept = new ArrayList<>();
    Map<Route, TlsDemand> demands = new LinkedHashMap<>();
    Set<RouteNote> notes = new LinkedHashSet<>();
    findings.forEach(
        (route, finding) -> {
          notes.add(note(route.exchange(), finding));
          if (!(finding instanceof DaneFinding.Unknown)) {
            kept.add(route);
          }
          if (finding instanceof DaneFinding.Present present) {
            demands.put(route, demand(present, nextHop));
          }
        });
    List<RouteNote> all = List.copyOf(notes);
    if (kept.isEmpty()) {
      return TlsPlan.unbound(RouteDecision.ruledOut(why(all), attempt.trail().and(all)));
    }
    return new TlsPlan(attempt.narrowed(kept, all), demands).vouchedFor(nextHop.vouching());
  }

  static TlsDemand demand(DaneFinding.Present present, NextHop nextHop) {
    List<TlsaRecord> usable = present.records().stream().filter(TlsaUse::isUsable).toList();
    if (usable.isEmpty()) {
      return TlsDemand.UNUSABLE_TLSA;
    }
    Set<String> names = new LinkedHashSet<>();
    names.add(present.base().name());
    present.aliases().forEach(alias -> names.add(alias.name()));
    names.addAll(nextHop.names());
    return TlsDemand.dane(new DaneIdentity(present.base().name(), usable, List.copyOf(names)));
  }

  private static RouteNote note(String exchange, DaneFinding finding) {
    if (finding instanceof DaneFinding.Present present) {
      return new RouteNote(Kind.KEPT, exchange, "", words(present));
    } else if (finding instanceof DaneFinding.Absent absent) {
      return new RouteNote(Kind.KEPT, exchange, "", "no DANE: " + absent.why());
    } else if (finding instanceof DaneFinding.Unknown unknown) {
      return new RouteNote(
          Kind.TLS_POLICY, exchange, "", "its TLSA records cannot be looked up: " + unknown.why());
    }
    throw new AssertionError(finding);
  }

  private static String words(DaneFinding.Present present) {
    List<TlsaRecord> usable = present.records().stream().filter(TlsaUse::isUsable).toList();
    if (usable.isEmpty()) {
      return "DANE without verification: none of "
          + present.records().size()
          + " TLSA records of "
          + present.base()
          + " can be used";
    }
    String shown =
        usable.stream().limit(4).map(TlsaRecord::toString).collect(Collectors.joining(", "));
    String more = usable.size() > 4 ? " and " + (usable.size() - 4) + " more" : "";
    return "DANE: verified by TLSA " + shown + more + " of " + present.base();
  }

  private static String why(List<RouteNote> notes) {
    return notes.stream()
        .filter(n -> n.kind() == Kind.TLS_POLICY)
        .limit(3)
        .map(n -> n.exchange() + ": " + n.why())
        .collect(Collectors.joining("; "));
  }
}
