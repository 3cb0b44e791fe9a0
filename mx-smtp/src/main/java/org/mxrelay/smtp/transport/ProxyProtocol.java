package org.mxrelay.smtp.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mxrelay.routing.Route;

/**
 * Begins each connection with a header of HAProxy's PROXY protocol, which tells who connects to
 * whom, before the first octet of SMTP.
 *
 * <p>Either the exchange itself expects it ({@link #v2()}), or a proxy does which then makes the
 * connection to the exchange from the address that the header names ({@link #via}).
 *
 * <p>Immutable.
 */
public final class ProxyProtocol implements Connector {

  private final ProxyHeader.Version version;
  private final Optional<InetSocketAddress> proxy;
  private final List<InetAddress> sources;
  private final Connector over;

  private ProxyProtocol(
      ProxyHeader.Version version,
      Optional<InetSocketAddress> proxy,
      List<InetAddress> sources,
      Connector over) {
    this.version = version;
    this.proxy = proxy;
    this.sources = List.copyOf(sources);
    this.over = over;
  }

  /** Version 1, a line of text, to exchanges that expect it. */
  public static ProxyProtocol v1() {
    return new ProxyProtocol(
        ProxyHeader.Version.V1, Optional.empty(), List.of(), Connector.direct());
  }

  /** Version 2, binary, to exchanges that expect it. */
  public static ProxyProtocol v2() {
    return new ProxyProtocol(
        ProxyHeader.Version.V2, Optional.empty(), List.of(), Connector.direct());
  }

  /**
   * The same, to a proxy that connects on to the exchange.
   *
   * @param to the proxy
   * @param from addresses of the proxy's, at most one of each family, that it is to connect from; a
   *     route whose family has none cannot be connected to
   * @throws IllegalArgumentException if the proxy's address is not resolved, there is no source, or
   *     two are of the same family
   */
  public ProxyProtocol via(InetSocketAddress to, InetAddress... from) {
    if (to.isUnresolved()) {
      throw new IllegalArgumentException("proxy: not resolved: " + to);
    }
    // The same rules as for addresses of this host's.
    Connector.from(from);
    return new ProxyProtocol(version, Optional.of(to), List.of(from), over);
  }

  /** The same, with the connection itself made by another connector. */
  public ProxyProtocol over(Connector by) {
    return new ProxyProtocol(version, proxy, sources, by);
  }

  @Override
  public Socket connect(Route route, Duration timeout) throws IOException {
    if (proxy.isPresent()) {
      ProxyHeader header = new ProxyHeader(claimed(route), route.address());
      return ProxyTalk.connect(over, proxy.get(), timeout, talk -> talk.say(header.bytes(version)));
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    return ProxyTalk.speak(
        over.connect(route, timeout), deadline, talk -> talk.say(own(talk, route)));
  }

  private byte[] own(ProxyTalk talk, Route route) throws IOException {
    InetSocketAddress local = (InetSocketAddress) talk.socket().getLocalSocketAddress();
    return new ProxyHeader(local, route.address()).bytes(version);
  }

  private InetSocketAddress claimed(Route route) throws IOException {
    InetAddress to = route.address().getAddress();
    // The proxy chooses the port.
    return sources.stream()
        .filter(s -> s.getClass() == to.getClass())
        .findFirst()
        .map(s -> new InetSocketAddress(s, 0))
        .orElseThrow(
            () -> new IOException("no source address is of the family of " + to.getHostAddress()));
  }
}
