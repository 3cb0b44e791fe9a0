package org.mxrelay.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code such as {@code 5.1.10} (RFC 3463).
 *
 * <p>Immutable.
 *
 * @param severity the class: 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatusCode(int severity, int subject, int detail) {

  private static final Pattern SYNTAX = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public EnhancedStatusCode {
    if (severity != 2 && severity != 4 && severity != 5) {
      throw new IllegalArgumentException("class of an enhanced status code: " + severity);
    }
    if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
      throw new IllegalArgumentException(
          "enhanced status code: " + severity + "." + subject + "." + detail);
    }
  }

  /**
   * Reads a code that stands alone.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static EnhancedStatusCode of(String text) {
    return find(text)
        .orElseThrow(() -> new IllegalArgumentException("not an enhanced status code: " + text));
  }

  /** Reads a code that stands alone, or nothing if it is none. */
  public static Optional<EnhancedStatusCode> find(String text) {
    Matcher m = SYNTAX.matcher(text);
    return m.matches()
        ? Optional.of(
            new EnhancedStatusCode(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3))))
        : Optional.empty();
  }

  /** The same subject and detail under another class. */
  public EnhancedStatusCode withSeverity(int other) {
    return new EnhancedStatusCode(other, subject, detail);
  }

  @Override
  public String toString() {
    return severity + "." + subject + "." + detail;
  }
}
