package org.mxrelay.tls;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection when the time for all of a fetch is over: a socket's own timeout counts from
 * octet to octet. Thread-safe.
 */
final class FetchDeadline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FetchDeadline.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Future<?> timer;
  private Optional<Closeable> watched = Optional.empty();
  private boolean over;

  /**
   * @throws java.util.concurrent.RejectedExecutionException if the timers are shut down
   */
  FetchDeadline(Duration limit, ScheduledExecutorService timers) {
    timer = timers.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** This is what to close, now if the time is over. */
  void watch(Closeable connection) {
    lock.lock();
    try {
      watched = Optional.of(connection);
      if (over) {
        cut(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  private void expire() {
    lock.lock();
    try {
      over = true;
      watched.ifPresent(FetchDeadline::cut);
    } finally {
      lock.unlock();
    }
  }

  private static void cut(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      log.debug("a connection that is late cannot be closed", e);
    }
  }

  @Override
  public void close() {
    timer.cancel(false);
  }
}
