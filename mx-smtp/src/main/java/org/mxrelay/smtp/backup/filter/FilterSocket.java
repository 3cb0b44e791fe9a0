package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.mxrelay.smtp.client.Watchdog;

/**
 * A connection to a filter, with one deadline for all that is said on it. The owner's interrupt
 * ends it as the deadline does.
 *
 * <p>Confined to the thread that opened it; the watchdog only looks and closes.
 */
final class FilterSocket implements Watchdog.Watched, AutoCloseable {

  private enum Life {
    OPEN,
    LATE,
    INTERRUPTED
  }

  private final Socket socket = new Socket();
  private final Thread owner = Thread.currentThread();
  private final AtomicReference<Life> life = new AtomicReference<>(Life.OPEN);
  private final Watchdog watchdog;
  private final long until;

  private FilterSocket(Watchdog watchdog, long until) {
    this.watchdog = watchdog;
    this.until = until;
  }

  /** Connects; from now on everything together must be done within the time. */
  static FilterSocket open(InetSocketAddress address, Duration within, Watchdog watchdog)
      throws IOException {
    FilterSocket connection = new FilterSocket(watchdog, System.nanoTime() + within.toNanos());
    watchdog.watch(connection);
    try {
      connection.socket.connect(resolved(address));
      connection.socket.setTcpNoDelay(true);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw connection.told(e);
    }
  }

  /** Asked anew each time: a filter may move. */
  private static InetSocketAddress resolved(InetSocketAddress address) {
    return address.isUnresolved()
        ? new InetSocketAddress(address.getHostString(), address.getPort())
        : address;
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Why it really broke, if that was our own doing. */
  IOException told(IOException e) {
    return life.get() == Life.LATE
        ? new SocketTimeoutException("the filter gave no verdict in time")
        : e;
  }

  @Override
  public void look(long now) {
    boolean late = now - until >= 0 && life.compareAndSet(Life.OPEN, Life.LATE);
    if (late || (owner.isInterrupted() && life.compareAndSet(Life.OPEN, Life.INTERRUPTED))) {
      close();
    }
  }

  @Override
  public void close() {
    watchdog.forget(this);
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing more to be done with it.
    }
  }
}
