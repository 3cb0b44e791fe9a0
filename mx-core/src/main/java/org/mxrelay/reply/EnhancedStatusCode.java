package org.mxrelay.reply;

import java.util.Optional;

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
    // Asked of each line of each reply: a pattern would cost more than all the rest of it.
    int dot = text.indexOf('.', 2);
    if (dot < 0 || text.charAt(1) != '.' || "245".indexOf(text.charAt(0)) < 0) {
      return Optional.empty();
    }
    int subject = number(text, 2, dot);
    int detail = number(text, dot + 1, text.length());
    return subject < 0 || detail < 0
        ? Optional.empty()
        : Optional.of(new EnhancedStatusCode(text.charAt(0) - '0', subject, detail));
  }

  /** One to three digits; or else less than 0. */
  private static int number(String text, int from, int to) {
    int value = to == from || to - from > 3 ? -1 : 0;
    for (int i = from; i < to && value >= 0; i++) {
      char c = text.charAt(i);
      value = c >= '0' && c <= '9' ? 10 * value + c - '0' : -1;
    }
    return value;
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
