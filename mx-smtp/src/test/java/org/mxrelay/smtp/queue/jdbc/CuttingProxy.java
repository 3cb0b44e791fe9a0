package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and its database, and loses the connection at a COMMIT. */
final class CuttingProxy implements AutoCloseable {

  /** What becomes of the next COMMIT. */
  enum Cut {
    NONE,
    BEFORE_COMMIT,
    BEFORE_ITS_ANSWER
  }

  final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final ServerSocket listening;
  private final int to;

  CuttingProxy(int to) {
    this.to = to;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Link link =
          new Link(
              listening.accept(),
              new Socket(InetAddress.getLoopbackAddress(), to),
              new AtomicReference<>(Cut.NONE));
      daemon(() -> forth(link));
      daemon(() -> back(link));
    }
  }

  private void forth(Link link) throws IOException {
    try (Socket client = link.client();
        Socket server = link.server()) {
      byte[] buffer = new byte[65_536];
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT")) {
          link.cut().set(next.getAndSet(Cut.NONE));
          if (link.cut().get() == Cut.BEFORE_COMMIT) {
            return;
          }
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private void back(Link link) throws IOException {
    try (Socket client = link.client();
        Socket server = link.server()) {
      byte[] buffer = new byte[65_536];
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (link.cut().get() == Cut.BEFORE_ITS_ANSWER) {
          return;
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static void daemon(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // One of the ends is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private record Link(Socket client, Socket server, AtomicReference<Cut> cut) {}

  @FunctionalInterface
  private interface Loop {
    void run() throws IOException;
  }
}
