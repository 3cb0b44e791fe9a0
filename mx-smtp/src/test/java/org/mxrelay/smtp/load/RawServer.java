package org.mxrelay.smtp.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that keeps nothing of what was said, each connection on a thread of its own. */
final class RawServer implements AutoCloseable {

  private final ServerSocket listening;
  private final Talk talk;

  private RawServer(ServerSocket listening, Talk talk) {
    this.listening = listening;
    this.talk = talk;
  }

  /** What it does with a connection. */
  interface Talk {
    void with(InputStream in, OutputStream out) throws IOException;
  }

  static RawServer start(Talk talk) throws IOException {
    RawServer server =
        new RawServer(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), talk);
    daemon(server::accept);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      talk.with(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException gone) {
      // The client has had enough.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
