package org.mxrelay.routing;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxResolver;

/** The owner's word first, then the DNS. */
final class DestinationRouter implements Router {

  private final MxResolver resolver;
  private final StaticRoutes routes;
  private final StaticRouter byOwner;
  private final MxRouter byDns;

  DestinationRouter(
      MxResolver resolver, RoutingOptions options, InstantSource clock, RandomGenerator random) {
    this.resolver = resolver;
    this.routes = options.routes();
    this.byOwner = new StaticRouter(resolver, options, clock);
    this.byDns = new MxRouter(resolver, options, clock, new SharedRandom(random));
  }

  @Override
  public RouteDecision route(Destination destination) throws InterruptedException {
    Optional<List<StaticHost>> hosts = routes.find(destination);
    if (hosts.isPresent()) {
      return byOwner.route(destination, hosts.get());
    } else if (destination instanceof Domain domain) {
      return byDns.route(domain);
    } else if (destination instanceof AddressLiteral literal) {
      return byDns.route(literal);
    }
    throw new AssertionError(destination);
  }

  @Override
  public void close() {
    resolver.close();
  }
}
