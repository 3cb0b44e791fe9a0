package org.mxrelay.smtp.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.mxrelay.routing.Route;

/**
 * Makes the connection to a route's address: directly, from a bound address, through a proxy
 * ({@link Socks5}, {@link ProxyProtocol}).
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be.
 */
@FunctionalInterface
public interface Connector {

  /**
   * A connected socket.
   *
   * @param timeout for all that is to be done, a proxy's part included
   * @throws IOException if there is no connection within the timeout
   */
  Socket connect(Route route, Duration timeout) throws IOException;

  /** Connects directly. */
  static Connector direct() {
    return new DirectConnector(List.of());
  }

  /**
   * Connects directly, from these addresses of this host's.
   *
   * @param sources at most one IPv4 and one IPv6 address; a route whose family has none cannot be
   *     connected to
   * @throws IllegalArgumentException if there is none, or two are of the same family
   */
  static Connector from(InetAddress... sources) {
    if (sources.length == 0) {
      throw new IllegalArgumentException("source address: none");
    }
    return new DirectConnector(List.of(sources));
  }
}
