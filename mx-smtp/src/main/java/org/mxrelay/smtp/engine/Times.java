package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance, each replaceable.
 *
 * @param wall what is stored and told to people
 * @param nanos the monotonic clock, by which leases are ours
 * @param random draws jitter and ids
 * @param pause waits between two tries to store an outcome
 */
public record Times(InstantSource wall, LongSupplier nanos, RandomGenerator random, Pause pause) {

  /** Waits. */
  @FunctionalInterface
  public interface Pause {

    /** Sleeps on the calling thread. */
    Pause SLEEP = length -> TimeUnit.NANOSECONDS.sleep(length.toNanos());

    /**
     * Returns when the time is over.
     *
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    void take(Duration length) throws InterruptedException;
  }

  Instant now() {
    return wall.instant();
  }
}
