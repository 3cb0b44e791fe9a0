package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

/** Pearson's test of whether counts may come from a uniform distribution. */
final class ChiSquare {

  private static final double Z_AT_ONE_IN_A_THOUSAND = 3.0902;

  private ChiSquare() {}

  /** Fails if counts as uneven as these were less likely than 1 in 1,000. */
  static void assertUniform(Map<?, Integer> counts, int kinds, String run) {
    double total = counts.values().stream().mapToInt(i -> i).sum();
    double expected = total / kinds;
    double missing = (kinds - counts.size()) * expected;
    double statistic =
        missing
            + counts.values().stream()
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
    assertTrue(
        statistic < critical(kinds - 1),
        () -> run + ": chi-square " + statistic + " over " + critical(kinds - 1) + " " + counts);
  }

  /** Wilson and Hilferty: the cube root of chi-square over its degrees is nearly normal. */
  static double critical(int degrees) {
    double spread = 2.0 / (9.0 * degrees);
    double root = 1 - spread + Z_AT_ONE_IN_A_THOUSAND * Math.sqrt(spread);
    return degrees * root * root * root;
  }
}
