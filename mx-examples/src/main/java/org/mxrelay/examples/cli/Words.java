package org.mxrelay.examples.cli;

import java.time.Duration;
import java.util.Locale;

/** Names and durations in the words in which people read them. */
final class Words {

  private Words() {}

  /** {@code null_mx} for {@code NULL_MX}. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Its two greatest units: {@code 2 d 4 h}, {@code 5 min}, {@code 1.25 s}. */
  static String of(Duration d) {
    if (d.compareTo(Duration.ofMinutes(1)) < 0) {
      String seconds = String.valueOf(d.toMillis() / 1000.0);
      return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + " s";
    }
    if (d.compareTo(Duration.ofHours(1)) < 0) {
      return two(d.toMinutes(), "min", d.toSecondsPart(), "s");
    }
    if (d.compareTo(Duration.ofDays(1)) < 0) {
      return two(d.toHours(), "h", d.toMinutesPart(), "min");
    }
    return two(d.toDays(), "d", d.toHoursPart(), "h");
  }

  private static String two(long great, String unit, long small, String smallUnit) {
    return great + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
