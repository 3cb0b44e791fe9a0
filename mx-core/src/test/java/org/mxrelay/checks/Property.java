package org.mxrelay.checks;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Checks a property on many cases drawn at random, and names the seed of the one that fails.
 *
 * <p>The seeds are the same in each run; {@code -Dmx.seed=N} starts from another one, and {@code
 * -Dmx.cases=N} tries N times as many cases. Tests that use it have the tag {@code property}, by
 * which the long proofs find them.
 */
public final class Property {

  private static final long START = seed();
  private static final int TIMES = Integer.getInteger("mx.cases", 1);

  private Property() {}

  /**
   * Runs the check once for each of the given number of cases, or of a multiple of it.
   *
   * @param check draws its case from the generator, and throws if the property does not hold
   */
  public static void holds(int cases, Consumer<RandomGenerator> check) {
    for (long seed = START; seed < START + (long) cases * TIMES; seed++) {
      try {
        check.accept(new SplittableRandom(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("with -Dmx.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** Whether more cases are to be tried than on any day. */
  public static boolean isThorough() {
    return TIMES > 1;
  }

  /** A generator of its own for a test of statistics. */
  public static RandomGenerator random() {
    return new SplittableRandom(START);
  }

  private static long seed() {
    String given = System.getProperty("mx.seed", "");
    return given.matches("-?\\d{1,18}") ? Long.parseLong(given) : 20_260_301;
  }
}
