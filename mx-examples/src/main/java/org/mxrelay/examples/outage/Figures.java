package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.Locale;

/** Writes figures as people read them. */
final class Figures {

  private Figures() {}

  /** {@code 0.3 %}, with as many digits as tell something. */
  static String percent(double share) {
    double value = 100 * share;
    if (value == 0) {
      return "none";
    }
    if (value < 0.01) {
      return "under 0.01 %";
    }
    String pattern = value < 0.1 ? "%.2f %%" : value < 10 ? "%.1f %%" : "%.0f %%";
    return String.format(Locale.ROOT, pattern, value);
  }

  /** {@code 15 min}, {@code 12 h}, {@code 2 days}: its greatest unit, rounded. */
  static String duration(Duration d) {
    long seconds = d.toSeconds();
    if (seconds < 90) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return Math.round(seconds / 60.0) + " min";
    }
    if (seconds < 172_800) {
      return rounded(seconds / 3_600.0) + " h";
    }
    return rounded(seconds / 86_400.0) + " days";
  }

  private static String rounded(double value) {
    String text = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** {@code 1,234,567}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
