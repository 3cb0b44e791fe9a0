package org.mxrelay.smtp.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.mxrelay.routing.Route;

/**
 * A connection to a proxy while the proxy is spoken to, within one deadline for all of it.
 *
 * <p>Confined to the thread that connects.
 */
final class ProxyTalk {

  private final Socket socket;
  private final long deadline;

  private ProxyTalk(Socket socket, long deadline) {
    this.socket = socket;
    this.deadline = deadline;
  }

  /** What is said to a proxy before the connection is the exchange's. */
  @FunctionalInterface
  interface Script {
    void speak(ProxyTalk talk) throws IOException;
  }

  /** The connection, when all was said; none is left open if it fails. */
  static Socket connect(Connector by, InetSocketAddress proxy, Duration timeout, Script script)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Route toProxy = new Route(proxy.getHostString(), 0, proxy, Route.Origin.STATIC);
    return speak(by.connect(toProxy, timeout), deadline, script);
  }

  /** The same on a connection that is there already. */
  static Socket speak(Socket connected, long deadline, Script script) throws IOException {
    try {
      script.speak(new ProxyTalk(connected, deadline));
      connected.setSoTimeout(0);
      return connected;
    } catch (IOException | RuntimeException e) {
      connected.close();
      throw e;
    }
  }

  Socket socket() {
    return socket;
  }

  /** A few octets, which fit into any buffer: this does not block. */
  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** So many octets and no more: what follows is the exchange's. */
  byte[] hear(int count) throws IOException {
    byte[] bytes = new byte[count];
    InputStream in = socket.getInputStream();
    int had = 0;
    while (had < count) {
      socket.setSoTimeout(millisLeft());
      int n = in.read(bytes, had, count - had);
      if (n < 0) {
        throw new EOFException("the proxy closed the connection");
      }
      had += n;
    }
    return bytes;
  }

  private int millisLeft() throws SocketTimeoutException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("the proxy took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
