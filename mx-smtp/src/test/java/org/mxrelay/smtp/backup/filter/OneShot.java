package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server for one connection, on which it behaves as a test says. */
final class OneShot<T> implements AutoCloseable {

  /** What it does with the connection, and finds out. */
  @FunctionalInterface
  interface Conduct<T> {
    T with(Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final CompletableFuture<T> found = new CompletableFuture<>();

  private OneShot(ServerSocket listener) {
    this.listener = listener;
  }

  static <T> OneShot<T> start(Conduct<T> conduct) throws IOException {
    OneShot<T> server = new OneShot<>(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(() -> server.serve(conduct), "one-shot");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve(Conduct<T> conduct) {
    try (Socket connection = listener.accept()) {
      found.complete(conduct.with(connection));
    } catch (IOException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  T found() throws InterruptedException, ExecutionException, TimeoutException {
    return found.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
