package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.client.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects, asks, and does what was ordered for the case that this fails.
 *
 * <p>Safe for use by several threads.
 */
final class FilterCall implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FilterCall.class);

  /** What is said on the connection. */
  @FunctionalInterface
  interface Talk {
    FilterVerdict on(FilterSocket connection) throws IOException;
  }

  private final InetSocketAddress address;
  private final Duration timeout;
  private final WhenFilterFails whenFails;
  private final Watchdog watchdog;

  FilterCall(
      InetSocketAddress address,
      Duration timeout,
      WhenFilterFails whenFails,
      ThreadFactory threads) {
    this.address = address;
    this.timeout = timeout;
    this.whenFails = whenFails;
    this.watchdog = new Watchdog(threads);
  }

  FilterVerdict make(Talk talk) throws IOException, InterruptedException {
    try (FilterSocket connection = FilterSocket.open(address, timeout, watchdog)) {
      return talking(connection, talk);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      if (whenFails == WhenFilterFails.DEFER) {
        throw e;
      }
      log.warn("a message passes unseen by the filter at {}: {}", address, e.toString());
      return FilterVerdict.accept();
    }
  }

  private static FilterVerdict talking(FilterSocket connection, Talk talk) throws IOException {
    try {
      return talk.on(connection);
    } catch (IOException e) {
      throw connection.told(e);
    }
  }

  private static InterruptedException interrupted(IOException e) {
    InterruptedException told = new InterruptedException("while a filter was asked");
    told.addSuppressed(e);
    return told;
  }

  @Override
  public void close() {
    watchdog.close();
  }

  /** Daemons, which keep no process alive. */
  static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "mx-filter");
      thread.setDaemon(true);
      return thread;
    };
  }

  static Duration positive(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: " + timeout);
    }
    return timeout;
  }
}
