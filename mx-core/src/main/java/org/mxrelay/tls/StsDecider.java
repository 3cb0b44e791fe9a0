package org.mxrelay.tls;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteNote;
import org.mxrelay.routing.RouteNote.Kind;
import org.mxrelay.tls.StsPolicy.Mode;

/** What a policy makes of a decision (RFC 8461, 5). Pure. */
final class StsDecider {

  private StsDecider() {}

  static TlsPlan decide(Domain domain, RouteDecision.Attempt attempt, StsFinding finding) {
    List<RouteNote> notes = new ArrayList<>();
    if (!finding.remark().isEmpty()) {
      notes.add(new RouteNote(Kind.KEPT, domain.name(), "", "MTA-STS policy " + finding.remark()));
    }
    Mode mode = finding.policy().map(StsPolicy::mode).orElse(Mode.NONE);
    if (mode == Mode.NONE) {
      TlsPlan free = TlsPlan.unbound(attempt.narrowed(attempt.routes(), notes));
      // There may be a policy that just cannot be had.
      boolean unknown = finding.policy().isEmpty() && !finding.remark().isEmpty();
      return unknown ? free.vouchedFor(Vouching.UNKNOWN) : free;
    }
    StsPolicy policy = finding.policy().orElseThrow();
    List<Route> matching =
        attempt.routes().stream().filter(r -> policy.matches(r.exchange())).toList();
    strangers(attempt, matching).forEach(name -> notes.add(note(mode, name)));
    if (mode == Mode.TESTING) {
      return TlsPlan.unbound(attempt.narrowed(attempt.routes(), notes));
    } else if (matching.isEmpty()) {
      String why = "no exchange of " + domain + " matches its MTA-STS policy";
      return TlsPlan.unbound(RouteDecision.ruledOut(why, attempt.trail().and(notes)));
    }
    return TlsPlan.of(attempt.narrowed(matching, notes), TlsDemand.STS)
        .vouchedFor(Vouching.VOUCHED);
  }

  private static Set<String> strangers(RouteDecision.Attempt attempt, List<Route> matching) {
    Set<String> names = new LinkedHashSet<>();
    attempt.routes().stream()
        .filter(r -> !matching.contains(r))
        .forEach(r -> names.add(r.exchange()));
    return names;
  }

  private static RouteNote note(Mode mode, String exchange) {
    return mode == Mode.TESTING
        ? new RouteNote(
            Kind.KEPT, exchange, "", "matches no mx of the MTA-STS policy, which is in testing")
        : new RouteNote(Kind.TLS_POLICY, exchange, "", "matches no mx of the MTA-STS policy");
  }
}
