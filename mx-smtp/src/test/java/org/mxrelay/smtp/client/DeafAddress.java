package org.mxrelay.smtp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address that leaves a request for a connection unanswered: its queue of them is full. */
final class DeafAddress implements AutoCloseable {

  private static final int ENOUGH = 64;

  private final ServerSocket listening;
  private final List<Socket> waiting = new ArrayList<>();

  private DeafAddress(ServerSocket listening) {
    this.listening = listening;
  }

  /** One that is deaf, or one that nobody needs. */
  static DeafAddress on(boolean needed) throws IOException {
    DeafAddress made = new DeafAddress(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    if (needed) {
      made.fill();
    }
    return made;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  private void fill() throws IOException {
    while (waiting.size() < ENOUGH) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(address(), 100);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException("the queue of " + address() + " has no end");
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listening.close();
  }
}
