package org.mxrelay.tls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;

/**
 * A routing decision under a TLS policy.
 *
 * <p>Immutable.
 *
 * @param decision the decision without the routes that the policy rules out; a {@code Defer} where
 *     it rules out all
 * @param demands what the policy demands, by route; a route that is not named here is free
 * @param vouched who vouches for the exchanges that the DNS named, by route; nobody does for one
 *     that is not named here
 */
public record TlsPlan(
    RouteDecision decision, Map<Route, TlsDemand> demands, Map<Route, Vouching> vouched) {

  public TlsPlan {
    demands = Map.copyOf(demands);
    vouched = Map.copyOf(vouched);
  }

  /** A plan in which nobody vouches for exchanges that the DNS named. */
  public TlsPlan(RouteDecision decision, Map<Route, TlsDemand> demands) {
    this(decision, demands, Map.of());
  }

  /** A plan that demands nothing. */
  public static TlsPlan unbound(RouteDecision decision) {
    return new TlsPlan(decision, Map.of());
  }

  /** A plan that demands the same of all routes. */
  public static TlsPlan of(RouteDecision decision, TlsDemand all) {
    Map<Route, TlsDemand> demands = new LinkedHashMap<>();
    decision.routes().forEach(route -> demands.put(route, all));
    return new TlsPlan(decision, demands);
  }

  /** The same, with this known of all its routes. */
  public TlsPlan vouchedFor(Vouching all) {
    Map<Route, Vouching> known = new LinkedHashMap<>();
    decision.routes().forEach(route -> known.put(route, all));
    return new TlsPlan(decision, demands, known);
  }

  /** The routes in the order in which to try them. */
  public List<Route> routes() {
    return decision.routes();
  }

  /** What a session by this route must have: the policy's demand or the floor, the stronger. */
  public TlsDemand demand(Route route, TlsDemand floor) {
    return Optional.ofNullable(demands.get(route)).map(d -> d.atLeast(floor)).orElse(floor);
  }

  /** Whether the exchange is the destination's beyond doubt, so that its name means something. */
  public Vouching vouching(Route route) {
    return switch (route.origin()) {
      // Nobody named another host: it is the destination itself, or the owner's own word.
      case IMPLICIT_MX, LITERAL, STATIC -> Vouching.VOUCHED;
      case MX -> vouched.getOrDefault(route, Vouching.NOBODY);
    };
  }
}
