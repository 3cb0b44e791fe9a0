package org.mxrelay.smtp.jakarta;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.client.Watchdog;

/**
 * The connection as Angus sees it. It bears the exchange's name, so that TLS asks for that one; it
 * has a total deadline for whatever is under way; and it gives out only so many octets at a stage,
 * since Angus would collect an endless reply until the heap is full.
 *
 * <p>Confined to the thread that makes the attempt; the watchdog only reads the deadline and
 * closes.
 */
// Without Socket's monitors: the watchdog closes while the owner may be inside of it.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class GuardedSocket extends Socket implements Watchdog.Watched {

  /** More than twice what a reply may have, and room for the certificates of a handshake. */
  static final int MOST_AT_ONCE = 256 * 1024;

  private static final long NONE = Long.MIN_VALUE;
  private static final long EXPIRED = Long.MIN_VALUE + 1;

  private final Socket raw;
  private final InetAddress named;
  private final Watchdog watchdog;
  private final AtomicLong deadline = new AtomicLong(NONE);
  private final AtomicReference<@Nullable Thread> interruptible =
      new AtomicReference<>(Thread.currentThread());
  private long latest = System.nanoTime() + Long.MAX_VALUE / 2;
  private int budget = MOST_AT_ONCE;
  private boolean byteByByte;

  /**
   * @param named the address of the exchange, under its name
   */
  GuardedSocket(Socket raw, InetAddress named, Watchdog watchdog) {
    this.raw = raw;
    this.named = named;
    this.watchdog = watchdog;
    watchdog.watch(this);
  }

  /** Whatever follows, stage by stage, must be done within this time altogether. */
  void altogether(Duration limit) {
    latest = System.nanoTime() + limit.toNanos();
  }

  /** Whether the time for everything altogether is over. */
  boolean isOverdue() {
    return System.nanoTime() - latest >= 0;
  }

  /** A new stage begins: all of it must be done within this time. */
  void within(Duration limit) {
    budget = MOST_AT_ONCE;
    byteByByte = false;
    long now = System.nanoTime();
    long until = now + Math.min(limit.toNanos(), Math.max(0, latest - now));
    // What has expired is closed, and stays expired.
    deadline.updateAndGet(was -> was == EXPIRED ? EXPIRED : until);
  }

  /**
   * In this stage no octet is read before it is asked for, so that none is lost when TLS begins.
   */
  void readByteByByte() {
    byteByByte = true;
  }

  boolean isExpired() {
    return deadline.get() == EXPIRED;
  }

  /**
   * From now on an interrupt matters no more; false if one came before and closed the connection.
   */
  boolean uninterruptible() {
    return interruptible.getAndSet(null) != null;
  }

  /** Whether something came that nobody has read yet. */
  boolean hasInput() throws IOException {
    return raw.getInputStream().available() > 0;
  }

  @Override
  public void look(long now) {
    long until = deadline.get();
    boolean late =
        until != NONE
            && until != EXPIRED
            && now - until >= 0
            && deadline.compareAndSet(until, EXPIRED);
    if (late || isInterrupted()) {
      close();
    }
  }

  private boolean isInterrupted() {
    Thread owner = interruptible.get();
    // Whoever takes the owner away first decides: this, or the thread that sends the last byte.
    return owner != null && owner.isInterrupted() && interruptible.compareAndSet(owner, null);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(raw.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (budget <= 0) {
          throw new IOException("more than " + MOST_AT_ONCE + " octets of a reply");
        }
        int count = super.read(into, offset, byteByByte ? Math.min(length, 1) : length);
        budget -= Math.max(count, 0);
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return raw.getOutputStream();
  }

  /** Closes the socket itself: closing an SSLSocket may wait for a writer that is stuck. */
  @Override
  public void close() {
    watchdog.forget(this);
    try {
      raw.close();
    } catch (IOException e) {
      // There is nothing more to be done with it.
    }
  }

  @Override
  public InetAddress getInetAddress() {
    return named;
  }

  @Override
  public InetAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public int getPort() {
    return raw.getPort();
  }

  @Override
  public int getLocalPort() {
    return raw.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return raw.getRemoteSocketAddress();
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected();
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    raw.setSoTimeout(timeout);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return raw.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    raw.setTcpNoDelay(on);
  }

  @Override
  public void shutdownInput() throws IOException {
    raw.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    raw.shutdownOutput();
  }

  @Override
  public boolean isInputShutdown() {
    return raw.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return raw.isOutputShutdown();
  }
}
