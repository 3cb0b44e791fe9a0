package org.mxrelay.smtp.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.routing.Router;

/** Routes from a table, as text: {@code 10 mx1, 20 mx2}. */
final class FakeRouter implements Router {

  private static final Trail TRAIL = new Trail(Instant.MAX, List.of());

  private final Map<String, RouteDecision> table = new ConcurrentHashMap<>();

  FakeRouter to(String destination, String exchanges) {
    List<Route> routes = new ArrayList<>();
    for (String exchange : exchanges.split(", ")) {
      String[] parts = exchange.split(" ");
      routes.add(
          new Route(parts[1], Integer.parseInt(parts[0]), address(routes.size()), Route.Origin.MX));
    }
    table.put(destination, new RouteDecision.Attempt(routes, TRAIL));
    return this;
  }

  FakeRouter fails(String destination, Reason reason, String status) {
    table.put(
        destination,
        new RouteDecision.Fail(reason, EnhancedStatusCode.of(status), "as scripted", TRAIL));
    return this;
  }

  FakeRouter defers(String destination) {
    table.put(
        destination,
        new RouteDecision.Defer(
            Reason.UNRESOLVED, EnhancedStatusCode.of("4.4.3"), "SERVFAIL", TRAIL));
    return this;
  }

  @Override
  public RouteDecision route(Destination destination) {
    RouteDecision decision = table.get(destination.toString());
    if (decision == null) {
      throw new IllegalStateException("a router with a fault");
    }
    return decision;
  }

  private static InetSocketAddress address(int index) {
    try {
      byte[] ip = {(byte) 192, 0, 2, (byte) (index + 1)};
      return new InetSocketAddress(InetAddress.getByAddress(ip), 25);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
