package org.mxrelay.audit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.tls.DaneStatus;
import org.mxrelay.tls.TlsDemand;

/**
 * Has the exchanges spoken to, one address after the other. Thread-safe.
 *
 * @param probe speaks
 * @param policy which addresses may be connected to
 * @param port where the exchanges listen
 * @param strangers makes up recipients that cannot exist, if they are to be asked for
 */
record Prober(
    ExchangeProbe probe, AddressPolicy policy, int port, Optional<StrangerSource> strangers) {

  /** Addresses of an exchange that are spoken to, at most. */
  static final int MOST_ADDRESSES = 4;

  ExchangePicture probed(Domain domain, ExchangePicture exchange) throws InterruptedException {
    List<InetAddress> allowed =
        exchange.addresses().stream()
            .filter(address -> policy.check(address).isEmpty())
            .limit(MOST_ADDRESSES)
            .toList();
    List<ProbeReport> reports = new ArrayList<>();
    for (InetAddress address : allowed) {
      // One address that answers is enough to ask for a stranger.
      boolean asked = reports.stream().anyMatch(report -> report.stranger().isPresent());
      Optional<Mailbox> stranger =
          asked ? Optional.empty() : strangers.map(source -> source.at(domain));
      reports.add(
          probe.probe(new ProbeTarget(route(exchange, address), stranger, verifiable(exchange))));
    }
    return exchange.with(reports);
  }

  /** Records none of which can be used leave nothing to verify. */
  private static Optional<TlsDemand> verifiable(ExchangePicture exchange) {
    return exchange.dane().flatMap(DaneStatus::demand).filter(TlsDemand::isVerified);
  }

  private Route route(ExchangePicture exchange, InetAddress address) {
    return new Route(
        exchange.name().name(),
        exchange.preference(),
        new InetSocketAddress(address, port),
        Route.Origin.MX);
  }
}
