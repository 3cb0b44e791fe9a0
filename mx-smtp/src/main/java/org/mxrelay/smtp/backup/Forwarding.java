package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what the primaries took from the queue. Safe for use by several threads. */
final class Forwarding {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final ReentrantLock lock = new ReentrantLock();

  /** Seconds of the window in which something was taken, with how much. */
  private final Deque<Second> seconds = new ArrayDeque<>();

  private record Second(long number, long taken) {}

  void relayed(Instant now) {
    lock.lock();
    try {
      Second newest = seconds.peekLast();
      long second = now.getEpochSecond();
      if (newest != null && newest.number() == second) {
        seconds.removeLast();
        seconds.addLast(new Second(second, newest.taken() + 1));
      } else {
        seconds.addLast(new Second(second, 1));
      }
      forget(now);
    } finally {
      lock.unlock();
    }
  }

  double perMinute(Instant now) {
    lock.lock();
    try {
      forget(now);
      return (double) seconds.stream().mapToLong(Second::taken).sum() / WINDOW.toMinutes();
    } finally {
      lock.unlock();
    }
  }

  private void forget(Instant now) {
    long first = now.minus(WINDOW).getEpochSecond();
    while (!seconds.isEmpty() && seconds.peekFirst().number() <= first) {
      seconds.removeFirst();
    }
  }
}
