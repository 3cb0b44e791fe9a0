package org.mxrelay.smtp.queue.jdbc;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Ids and tokens from the store's serial, drawn many at a time. Safe for use by several threads.
 */
final class Numbers {

  private static final int AT_ONCE = 10_000;

  private final Writer writer;
  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private long end;

  Numbers(Writer writer) {
    this.writer = writer;
  }

  long next() {
    lock.lock();
    try {
      if (next == end) {
        next = writer.write(transaction -> transaction.next(AT_ONCE));
        end = next + AT_ONCE;
      }
      return next++;
    } finally {
      lock.unlock();
    }
  }
}
