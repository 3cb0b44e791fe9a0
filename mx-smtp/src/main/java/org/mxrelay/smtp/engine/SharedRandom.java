package org.mxrelay.smtp.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Lets several threads draw from a generator that knows of one.
 *
 * <p>Safe for use by several threads.
 */
public final class SharedRandom implements RandomGenerator {

  private final RandomGenerator source;
  private final ReentrantLock lock = new ReentrantLock();

  public SharedRandom(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    lock.lock();
    try {
      return source.nextLong();
    } finally {
      lock.unlock();
    }
  }
}
