package org.mxrelay.tls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Destination;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.routing.RouteNote;
import org.mxrelay.routing.RouteNote.Kind;

/**
 * DANE before another policy.
 *
 * <p>Under MX records that nobody vouches for, TLSA records prove only that the exchange is who it
 * says; whether it is the destination's, MTA-STS knows. So it keeps its say there: else a forger
 * with a signed zone of his own would be rid of it.
 *
 * <p>Safe for use by several threads.
 */
record DaneFirst(Dane dane, TlsPolicy other) implements TlsPolicy {

  @Override
  public TlsPlan plan(Destination destination, RouteDecision decision) throws InterruptedException {
    TlsPlan byDane = dane.plan(destination, decision);
    // Also where nothing is left: RFC 8461, 2 lets no policy override a DANE that fails.
    return byDane.routes().stream().allMatch(route -> isSettled(byDane, route))
        ? byDane
        : combine(byDane, other.plan(destination, byDane.decision()));
  }

  @Override
  public void close() {
    other.close();
  }

  /** Whether DANE has said all there is to say of a route. */
  private static boolean isSettled(TlsPlan byDane, Route route) {
    boolean verifies =
        Optional.ofNullable(byDane.demands().get(route)).flatMap(TlsDemand::dane).isPresent();
    return verifies && byDane.vouching(route) == Vouching.VOUCHED;
  }

  static TlsPlan combine(TlsPlan byDane, TlsPlan other) {
    if (other.equals(TlsPlan.unbound(byDane.decision()))) {
      return byDane;
    }
    List<Route> kept =
        byDane.routes().stream()
            .filter(route -> isSettled(byDane, route) || other.routes().contains(route))
            .toList();
    if (kept.isEmpty() || !(byDane.decision() instanceof RouteDecision.Attempt attempt)) {
      return other;
    }
    Map<Route, TlsDemand> demands = new LinkedHashMap<>();
    Map<Route, Vouching> vouched = new LinkedHashMap<>();
    for (Route route : kept) {
      demand(byDane, other, route).ifPresent(d -> demands.put(route, d));
      vouched.put(route, byDane.vouching(route).or(other.vouching(route)));
    }
    Trail trail = trail(other.decision().trail(), kept);
    return new TlsPlan(
        new RouteDecision.Attempt(kept, attempt.bestPreference(), trail), demands, vouched);
  }

  private static Optional<TlsDemand> demand(TlsPlan byDane, TlsPlan other, Route route) {
    Optional<TlsDemand> ofDane = Optional.ofNullable(byDane.demands().get(route));
    Optional<TlsDemand> ofOther = Optional.ofNullable(other.demands().get(route));
    return ofDane.isPresent() && ofOther.isPresent()
        ? Optional.of(ofDane.get().atLeast(ofOther.get()))
        : ofDane.or(() -> ofOther);
  }

  /** What the other policy ruled out and DANE keeps is not ruled out. */
  private static Trail trail(Trail all, List<Route> kept) {
    Set<String> names = kept.stream().map(Route::exchange).collect(Collectors.toSet());
    List<RouteNote> notes =
        all.notes().stream()
            .map(
                n ->
                    n.kind() == Kind.TLS_POLICY && names.contains(n.exchange())
                        ? new RouteNote(
                            Kind.KEPT, n.exchange(), n.address(), n.why() + "; DANE goes before it")
                        : n)
            .toList();
    return new Trail(all.validUntil(), notes);
  }
}
