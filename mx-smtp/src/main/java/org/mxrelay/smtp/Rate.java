package org.mxrelay.smtp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many things in a time. Evenly spread: never more than one in each fraction of the time, so
 * that no window of that length ever sees more than the number.
 *
 * <p>Immutable.
 *
 * @param count at least 1
 * @param per more than zero, at most a day
 */
public record Rate(int count, Duration per) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([smh])");

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Rate {
    if (count < 1) {
      throw new IllegalArgumentException("a rate of " + count);
    }
    if (per.isNegative() || per.isZero() || per.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a rate per " + per);
    }
  }

  public static Rate perSecond(int count) {
    return new Rate(count, Duration.ofSeconds(1));
  }

  /**
   * From {@code 10/s}, {@code 600/m} or {@code 1000/h}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Rate parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a rate such as 10/s, 600/m or 1000/h: " + text);
    }
    Duration per =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Integer.parseInt(parts.group(1)), per);
  }

  /** From one thing to the next, rounded up to a nanosecond. */
  public Duration interval() {
    return Duration.ofNanos((per.toNanos() + count - 1) / count);
  }
}
