package org.mxrelay.smtp.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thread that looks after all connections of a transport: a socket's own timeout counts from
 * byte to byte and never for writes, so that only somebody else can end a stage that takes too
 * long.
 *
 * <p>The thread lives while there is something to look after, and a little longer. Public for
 * transports of other packages, and of yours: who blocks on a socket needs one. Safe for use by
 * several threads.
 */
public final class Watchdog implements AutoCloseable {

  /** How late a deadline may be noticed. */
  static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);

  private static final int IDLE_TICKS = 200;

  /** What is looked after. Called by the watchdog's thread; must not block. */
  @FunctionalInterface
  public interface Watched {

    /**
     * Looks at what is under way, and ends it if it is late.
     *
     * @param now by {@link System#nanoTime}
     */
    void look(long now);
  }

  private final ThreadFactory threads;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean closed;

  /**
   * A watchdog without anything to look after, and so without a thread.
   *
   * @param threads makes its thread
   */
  public Watchdog(ThreadFactory threads) {
    this.threads = threads;
  }

  /** Looks after this one from now on, every 25 ms. */
  public void watch(Watched one) {
    lock.lock();
    try {
      watched.add(one);
      if (thread == null) {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks after this one no more. */
  public void forget(Watched one) {
    watched.remove(one);
  }

  /** Lets the thread end as soon as nothing is left to look after. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    int idle = 0;
    while (!isDone(idle)) {
      LockSupport.parkNanos(this, TICK);
      idle = watched.isEmpty() ? idle + 1 : 0;
      long now = System.nanoTime();
      for (Watched one : watched) {
        one.look(now);
      }
      // Nobody but the owner of the thread factory can interrupt it, and deadlines go on.
      Thread.interrupted();
    }
  }

  private boolean isDone(int idle) {
    lock.lock();
    try {
      boolean done = watched.isEmpty() && (closed || idle >= IDLE_TICKS);
      thread = done ? null : thread;
      return done;
    } finally {
      lock.unlock();
    }
  }
}
