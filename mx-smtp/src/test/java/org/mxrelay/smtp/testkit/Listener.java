package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes connections, a daemon thread each, until it is stopped. */
final class Listener {

  private static final int PATIENCE = 200;
  private static final long BETWEEN_TRIES = 25_000_000;

  private final ScriptedSmtpServer server;
  private final List<RecordedSession> sessions = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private volatile ServerSocket socket;
  private volatile Thread acceptor;
  // Bound to the port while nobody listens there, so that no other server is given it meanwhile,
  // and takes mail that is not for it.
  private volatile Socket keeper = new Socket();

  Listener(ScriptedSmtpServer server) {
    this.server = server;
  }

  /** Listens, and answers with the port. */
  int open(InetSocketAddress at) throws IOException {
    keeper.close();
    ServerSocket opened = bound(at);
    stopped = new CountDownLatch(1);
    socket = opened;
    acceptor = daemon("smtp-server-" + opened.getLocalPort(), () -> accept(opened));
    return opened.getLocalPort();
  }

  /** A connection of somebody else's may have borrowed the port for a moment. */
  private static ServerSocket bound(InetSocketAddress at) throws IOException {
    for (int tries = 1; ; tries++) {
      ServerSocket opened = new ServerSocket();
      try {
        opened.setReuseAddress(true);
        opened.bind(at, 1_000);
        return opened;
      } catch (BindException e) {
        opened.close();
        if (tries == PATIENCE) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_TRIES);
      }
    }
  }

  /** Stops, and keeps the port; connections are refused there. */
  void stop() {
    if (socket.isClosed()) {
      return;
    }
    stopped.countDown();
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
      // The port is free only when nobody is inside accept().
      acceptor.join(5_000);
      keep((InetSocketAddress) socket.getLocalSocketAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives the port back too. */
  void close() {
    stop();
    try {
      keeper.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(InetSocketAddress port) throws IOException {
    Socket bound = new Socket();
    bound.setReuseAddress(true);
    try {
      bound.bind(port);
    } catch (BindException taken) {
      // Whoever was as quick as that has it.
    }
    keeper = bound;
  }

  boolean awaitStop(Duration atMost) throws InterruptedException {
    return stopped.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  List<RecordedSession> sessions() {
    return List.copyOf(sessions);
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket connection = from.accept();
        connections.add(connection);
        RecordedSession record = new RecordedSession(sessions.size() + 1);
        sessions.add(record);
        daemon("smtp-session-" + record.number(), () -> serve(connection, record));
      } catch (IOException closed) {
        // The loop's condition tells whether it was a stop.
      }
    }
  }

  private void serve(Socket connection, RecordedSession record) {
    try (connection) {
      if (stopped.getCount() > 0) {
        new ServerSession(server, new ServerWire(connection, record), record).run();
      }
    } catch (IOException broken) {
      // The client or the script ended it; the record holds what went before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
      record.end();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
