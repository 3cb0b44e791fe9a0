package org.mxrelay.smtp.queue.jdbc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a waiting engine looks for what other processes did, and at the clock: a quarter of a
 * second, give or take a fifth, so that nodes that started together do not go on asking together.
 *
 * <p>Safe for use by several threads as far as the random numbers are.
 */
record Glances(RandomGenerator random) {

  static final Duration SHORTEST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofMillis(300);

  /** How long until the next one. */
  Duration next() {
    return Duration.ofNanos(random.nextLong(SHORTEST.toNanos(), LONGEST.toNanos() + 1));
  }
}
