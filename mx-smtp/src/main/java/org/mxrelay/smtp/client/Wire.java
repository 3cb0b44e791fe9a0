package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection, and the deadline of what is under way on it.
 *
 * <p>Confined to the thread that uses the session; the watchdog only reads the deadline and closes.
 */
final class Wire implements Watchdog.Watched {

  private static final long NONE = Long.MIN_VALUE;
  private static final long EXPIRED = Long.MIN_VALUE + 1;
  private static final long FOREVER = Long.MAX_VALUE / 2;

  private final Socket raw;
  private final Watchdog watchdog;
  private final AtomicLong deadline = new AtomicLong(NONE);
  private long latest;
  private InputStream in;
  private OutputStream out;
  private @Nullable SSLSocket tls;
  private final AtomicReference<@Nullable Thread> interruptible = new AtomicReference<>();

  private Wire(Socket raw, Watchdog watchdog) throws IOException {
    this.raw = raw;
    this.watchdog = watchdog;
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
    this.latest = System.nanoTime() + FOREVER;
  }

  /** Takes over a connected socket, and closes it if that fails. */
  static Wire over(Socket raw, Watchdog watchdog) throws IOException {
    try {
      // Or each message of more than one segment would wait for a delayed acknowledgement.
      raw.setTcpNoDelay(true);
      Wire wire = new Wire(raw, watchdog);
      watchdog.watch(wire);
      return wire;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Whatever follows, stage by stage, must be done within this time altogether. */
  void altogether(Duration limit) {
    latest = System.nanoTime() + Math.min(limit.toNanos(), FOREVER);
  }

  /** Whether the time for everything altogether is over. */
  boolean isOverdue() {
    return System.nanoTime() - latest >= 0;
  }

  /** What follows must be done within this time, all of it, or the connection is closed. */
  void within(Duration limit) throws IOException {
    long now = System.nanoTime();
    long until = now + Math.min(limit.toNanos(), Math.max(0, latest - now));
    if (deadline.getAndSet(until) == EXPIRED) {
      deadline.set(EXPIRED);
      throw new SocketTimeoutException("the deadline has passed");
    }
  }

  /** Nothing is under way. */
  void rest() {
    long last = deadline.get();
    if (last != EXPIRED) {
      // Where the watchdog was faster the connection is closed, and stays expired.
      deadline.compareAndSet(last, NONE);
    }
  }

  /** Whether the watchdog closed the connection because something took too long. */
  boolean isExpired() {
    return deadline.get() == EXPIRED;
  }

  /** From now on the thread's interrupt closes the connection while something is under way. */
  void interruptibleBy(Thread owner) {
    interruptible.set(owner);
  }

  /** From now on nobody's interrupt matters; false if one came before and closed the connection. */
  boolean uninterruptible() {
    return interruptible.getAndSet(null) != null;
  }

  @Override
  public void look(long now) {
    long until = deadline.get();
    if (until == NONE || until == EXPIRED) {
      return;
    }
    boolean late = now - until >= 0 && deadline.compareAndSet(until, EXPIRED);
    if (late || isInterrupted()) {
      close();
    }
  }

  private boolean isInterrupted() {
    Thread owner = interruptible.get();
    // Whoever takes the owner away first decides: this, or the thread that sends the last byte.
    return owner != null && owner.isInterrupted() && interruptible.compareAndSet(owner, null);
  }

  int read(byte[] into, int offset, int length) throws IOException {
    return in.read(into, offset, length);
  }

  void write(byte[] from, int length) throws IOException {
    out.write(from, 0, length);
  }

  /** Whether bytes wait that can be read, as far as can be told without reading. */
  boolean hasBytes() throws IOException {
    return in.available() > 0 || (tls != null && raw.getInputStream().available() > 0);
  }

  /** Reads what is there or comes at once; -1 at the end, 0 if nothing came. */
  int poll(byte[] into, int offset, int length) throws IOException {
    raw.setSoTimeout(1);
    try {
      return in.read(into, offset, length);
    } catch (SocketTimeoutException quiet) {
      return 0;
    } finally {
      raw.setSoTimeout(0);
    }
  }

  Socket raw() {
    return raw;
  }

  InetAddress localAddress() {
    return raw.getLocalAddress();
  }

  Optional<SSLSocket> tls() {
    return Optional.ofNullable(tls);
  }

  void secure(SSLSocket by) throws IOException {
    tls = by;
    in = by.getInputStream();
    out = by.getOutputStream();
  }

  /** Ends the session as politely as can be done without waiting for anybody. */
  void closeGently() {
    try {
      if (tls != null) {
        tls.shutdownOutput();
      }
    } catch (IOException | UnsupportedOperationException e) {
      // The peer is gone already, which was the aim.
    } finally {
      close();
    }
  }

  /** Closes the socket itself: closing an SSLSocket may wait for a writer that is stuck. */
  void close() {
    watchdog.forget(this);
    try {
      raw.close();
    } catch (IOException e) {
      // There is nothing more to be done with it.
    }
  }
}
