package org.mxrelay.routing;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mxrelay.routing.AddressOrder.Spot;
import org.mxrelay.routing.Finding.Fate;
import org.mxrelay.routing.Route.Origin;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.routing.RouteNote.Kind;

/**
 * Turns what became of each exchange into the decision. Pure, but for the notes it adds.
 *
 * @param destination whose mail it is
 * @param origin how the exchanges were found
 * @param cap addresses at most
 */
record RoutePlan(String destination, Origin origin, int cap) {

  RouteDecision decide(List<Finding> findings, NoteBook notes, Instant validUntil) {
    List<Finding> usable = findings.stream().filter(f -> f.is(Fate.USABLE)).toList();
    List<Spot> spots = AddressOrder.of(usable, cap);
    findings.forEach(f -> note(f, notes));
    noteCapped(usable, spots, notes);
    Trail trail = new Trail(validUntil, notes.notes());
    if (spots.isEmpty()) {
      return Verdicts.nothingLeft(destination, origin, findings, trail);
    }
    List<Route> routes = spots.stream().map(s -> s.exchange().route(s.address(), origin)).toList();
    return new RouteDecision.Attempt(routes, best(findings), trail);
  }

  /** The primary is who the zone says it is, even where it cannot be reached or found now. */
  private static int best(List<Finding> findings) {
    return findings.stream()
        .filter(f -> !f.fate().isNonexistent())
        .mapToInt(Finding::preference)
        .min()
        .orElse(0);
  }

  private static void note(Finding f, NoteBook notes) {
    switch (f.fate()) {
      case SELF -> notes.add(Kind.SELF, f.exchange().name(), "", f.why());
      case UNRESOLVED -> notes.add(Kind.UNRESOLVED, f.exchange().name(), "", f.why());
      case CAPPED -> notes.add(Kind.CAPPED, f.exchange().name(), "", f.why());
      case NO_SUCH_HOST, NO_ADDRESS -> notes.add(Kind.NO_ADDRESS, f.exchange().name(), "", f.why());
      case USABLE, REFUSED_HERE, REFUSED_NOWHERE -> {
        // Nothing to add: the sieve has noted each refused address.
      }
    }
  }

  private void noteCapped(List<Finding> usable, List<Spot> spots, NoteBook notes) {
    Set<Spot> kept = new HashSet<>(spots);
    for (Finding f : usable) {
      long left =
          f.addresses().stream().filter(a -> !kept.contains(new Spot(f.exchange(), a))).count();
      if (left > 0) {
        String why = left + " more addresses, beyond the cap of " + cap;
        notes.add(Kind.CAPPED, f.exchange().name(), "", why);
      }
    }
  }
}
