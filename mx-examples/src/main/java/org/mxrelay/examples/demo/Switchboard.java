package org.mxrelay.examples.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.transport.Connector;

/**
 * Connects to the demonstration's own servers where the DNS named addresses that nobody has (RFC
 * 5737). Nothing ever leaves the machine.
 */
final class Switchboard implements Connector {

  private final Map<InetAddress, InetSocketAddress> servers = new ConcurrentHashMap<>();

  void put(InetAddress asInDns, InetSocketAddress really) {
    servers.put(asInDns, really);
  }

  @Override
  public Socket connect(Route route, Duration timeout) throws IOException {
    InetSocketAddress server = servers.get(route.address().getAddress());
    if (server == null) {
      throw new ConnectException("nobody lives at " + route.address());
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(server, Math.toIntExact(timeout.toMillis()));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
