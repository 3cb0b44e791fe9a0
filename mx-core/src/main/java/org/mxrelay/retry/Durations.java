package org.mxrelay.retry;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in options: {@code 250ms}, {@code 90s}, {@code 5m}, {@code 4h},
 * {@code 5d}.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Durations {

  /** The longest duration that is read: 36,500 days, far beyond what any queue holds. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads one number with one unit: {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
   *
   * @throws IllegalArgumentException if it is anything else or longer than {@link #LONGEST}, naming
   *     the text
   */
  public static Duration parse(String text) {
    Matcher m = SYNTAX.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "not a duration such as 250ms, 90s, 5m, 4h or 5d: '" + text + "'");
    }
    long number = Long.parseLong(m.group(1));
    Duration unit = unit(m.group(2));
    if (number > LONGEST.toMillis() / unit.toMillis()) {
      throw new IllegalArgumentException("a duration of more than 36500d: '" + text + "'");
    }
    return unit.multipliedBy(number);
  }

  private static Duration unit(String symbol) {
    return switch (symbol) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /**
   * Writes a duration in the largest unit that leaves no rest: {@code 90m}, {@code 4000s}. What is
   * less than a millisecond is left out.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a negative duration: " + duration);
    }
    long seconds = duration.toSeconds();
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    }
    for (String symbol : seconds == 0 ? new String[0] : new String[] {"d", "h", "m"}) {
      long unit = unit(symbol).toSeconds();
      if (seconds % unit == 0) {
        return seconds / unit + symbol;
      }
    }
    return seconds + "s";
  }
}
