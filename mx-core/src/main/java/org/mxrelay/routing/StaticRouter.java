package org.mxrelay.routing;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.routing.Route.Origin;

/** Routes by the owner's word: hosts in his order, at whatever addresses they have. */
final class StaticRouter {

  private final MxResolver resolver;
  private final RoutingOptions trusting;
  private final InstantSource clock;

  StaticRouter(MxResolver resolver, RoutingOptions options, InstantSource clock) {
    this.resolver = resolver;
    // The owner's word: an address inside is his business, and so is one of our own, where another
    // server may listen on another port.
    this.trusting = options.withPolicy(AddressPolicy.allowAll()).withSelf(SelfNames.NONE);
    this.clock = clock;
  }

  RouteDecision route(Destination destination, List<StaticHost> hosts) throws InterruptedException {
    Lookups lookups = new Lookups(resolver, trusting.limits(), clock);
    NoteBook notes = new NoteBook();
    ExchangeSearch search = new ExchangeSearch(trusting, lookups, notes);
    List<Finding> findings = new ArrayList<>();
    for (StaticHost host : hosts) {
      Exchange exchange = host.exchange(findings.size(), trusting.port());
      findings.add(look(search, host, exchange));
    }
    return new RoutePlan(destination.toString(), Origin.STATIC, trusting.limits().addresses())
        .decide(findings, notes, lookups.validUntil());
  }

  private static Finding look(ExchangeSearch search, StaticHost host, Exchange exchange)
      throws InterruptedException {
    if (host.address().isPresent()) {
      return Finding.usable(exchange, List.of(host.address().get()));
    } else if (host.name().equals("localhost") || host.name().endsWith(".localhost")) {
      // RFC 6761, 6.3: these names mean the loopback address and are not asked of the DNS.
      return Finding.usable(exchange, loopback());
    }
    return search.look(exchange, new Domain(host.name()));
  }

  private static List<InetAddress> loopback() {
    return List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1"));
  }
}
