package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, less its jumps (G13). What the monotonic clock bears out is believed at once; a
 * jump of more than an hour only when it has lasted for a minute, as it does after a suspended
 * machine woke up; one of more than a week not at all while the process lives, since all mail would
 * expire by it, or wait for years.
 *
 * <p>Safe for use by several threads.
 */
public final class SteadyClock implements InstantSource {

  static final Duration SMALL = Duration.ofHours(1);
  static final Duration GREAT = Duration.ofDays(7);
  static final Duration PROVEN = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(SteadyClock.class);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant believed;
  private long believedAt;
  private boolean doubting;
  private Instant jumpedTo = Instant.EPOCH;
  private long jumpedAt;

  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.believed = wall.instant();
    this.believedAt = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      Instant seen = wall.instant();
      long at = nanos.getAsLong();
      believed = isCredible(seen, at) ? seen : checked(seen, at);
      believedAt = at;
      return believed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is nothing to think about, as there nearly never is: asked at every turn. */
  private boolean isCredible(Instant seen, long at) {
    long passed = (at - believedAt) / 1_000_000_000;
    long jump = seen.getEpochSecond() - believed.getEpochSecond() - passed;
    // Each of the three is less than a second off.
    return !doubting && Math.abs(jump) < SMALL.toSeconds() - 3;
  }

  private Instant checked(Instant seen, long at) {
    Instant expected = believed.plusNanos(at - believedAt);
    return believes(expected, seen, at) ? seen : expected;
  }

  private boolean believes(Instant expected, Instant seen, long at) {
    Duration jump = Duration.between(expected, seen).abs();
    if (jump.compareTo(SMALL) <= 0) {
      doubting = false;
      return true;
    }
    Instant onwards = jumpedTo.plusNanos(at - jumpedAt);
    boolean another = Duration.between(onwards, seen).abs().compareTo(SMALL) > 0;
    if (!doubting || another) {
      log.warn("the clock jumped from {} to {}; going on from the former", expected, seen);
      doubting = true;
      jumpedTo = seen;
      jumpedAt = at;
    }
    boolean proven = jump.compareTo(GREAT) <= 0 && at - jumpedAt >= PROVEN.toNanos();
    doubting = !proven;
    return proven;
  }
}
