package org.mxrelay.examples.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps times to places on an axis that starts at zero, so that minutes and days can both be read:
 * the place grows with a root of the time.
 *
 * <p>Immutable.
 *
 * @param from the place of zero
 * @param to the place of the longest time
 * @param longest the time at the end of the axis
 * @param exponent less than one; the smaller, the more room for the short times
 */
record TimeScale(double from, double to, Duration longest, double exponent) {

  private static final List<Duration> ROUND =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(3),
          Duration.ofDays(4),
          Duration.ofDays(5),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30));

  double place(Duration time) {
    double part = Math.min(1, time.toMillis() / (double) Math.max(1, longest.toMillis()));
    return from + (to - from) * Math.pow(part, exponent);
  }

  /** Round times, zero first, no two closer than that. */
  List<Duration> ticks(double apart) {
    List<Duration> ticks = new ArrayList<>(List.of(Duration.ZERO));
    for (Duration round : ROUND) {
      double gap = Math.abs(place(round) - place(ticks.get(ticks.size() - 1)));
      if (round.compareTo(longest) <= 0 && gap >= apart) {
        ticks.add(round);
      }
    }
    return ticks;
  }
}
