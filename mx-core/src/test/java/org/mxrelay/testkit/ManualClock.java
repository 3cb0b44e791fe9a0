package org.mxrelay.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, forwards or back.
 *
 * <p>Give it wherever the library takes an {@link InstantSource}; days of retries then pass in
 * microseconds. It moves only the time that is read: whoever sleeps on a real timer is not woken.
 *
 * <p>Safe for use by several threads: each reads the time that was last set by any of them.
 */
public final class ManualClock implements InstantSource {

  private final AtomicReference<Instant> now;

  private ManualClock(Instant start) {
    this.now = new AtomicReference<>(Objects.requireNonNull(start, "start"));
  }

  /** A clock that shows the given time. */
  public static ManualClock at(Instant start) {
    return new ManualClock(start);
  }

  /** The time that was last set. */
  @Override
  public Instant instant() {
    return now.get();
  }

  /**
   * Moves the clock by an amount, back if it is negative.
   *
   * @return the new time
   * @throws java.time.DateTimeException if the result lies beyond what an {@link Instant} can hold;
   *     the clock then stays where it was
   */
  public Instant advance(Duration by) {
    return now.updateAndGet(before -> before.plus(by));
  }

  /** Sets the clock, forwards or back: for tests of what a jump of the wall clock does. */
  public void set(Instant time) {
    now.set(Objects.requireNonNull(time, "time"));
  }

  @Override
  public String toString() {
    return "ManualClock[" + now.get() + "]";
  }
}
