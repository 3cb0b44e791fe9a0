package org.mxrelay.smtp.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.mxrelay.routing.Route;

/**
 * Connects to the route's address itself.
 *
 * <p>Immutable.
 *
 * @param sources from which; empty for those that the system chooses
 */
record DirectConnector(List<InetAddress> sources) implements Connector {

  DirectConnector {
    sources = List.copyOf(sources);
    if (sources.stream().map(InetAddress::getClass).distinct().count() < sources.size()) {
      throw new IllegalArgumentException("source address: two of one family in " + sources);
    }
  }

  @Override
  public Socket connect(Route route, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      // Or each message of more than one segment would wait for a delayed acknowledgement.
      socket.setTcpNoDelay(true);
      if (!sources.isEmpty()) {
        socket.bind(new InetSocketAddress(sourceFor(route), 0));
      }
      socket.connect(route.address(), Math.toIntExact(Math.max(1, timeout.toMillis())));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private InetAddress sourceFor(Route route) throws IOException {
    InetAddress to = route.address().getAddress();
    return sources.stream()
        .filter(from -> from.getClass() == to.getClass())
        .findFirst()
        .orElseThrow(
            () ->
                new NoRouteToHostException(
                    "no source address is of the family of " + to.getHostAddress()));
  }
}
