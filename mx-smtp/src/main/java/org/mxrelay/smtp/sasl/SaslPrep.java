package org.mxrelay.smtp.sasl;

import java.text.Normalizer;

/**
 * Names and passwords in the form in which both sides compare them (RFC 4013). Right-to-left text
 * is not checked for its mixture with other text.
 */
final class SaslPrep {

  private SaslPrep() {}

  /**
   * @param what it is, for the message, which does not show it
   * @throws IllegalArgumentException if it is empty or holds a character that is prohibited
   */
  static String prepared(String what, String text) {
    StringBuilder mapped = new StringBuilder();
    text.codePoints()
        .filter(c -> !isNothing(c))
        .map(SaslPrep::mapped)
        .forEach(mapped::appendCodePoint);
    // RFC 4013, 2.2
    String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    if (normal.isEmpty()) {
      throw new IllegalArgumentException(what + ": empty");
    }
    if (normal.codePoints().anyMatch(SaslPrep::isProhibited)) {
      throw new IllegalArgumentException(
          what + ": a character in it is not allowed (RFC 4013, 2.3)");
    }
    return normal;
  }

  /** RFC 4013, 2.1: spaces beyond ASCII become SPACE. */
  private static int mapped(int c) {
    return c > 0x7f && Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c;
  }

  /** RFC 3454, B.1: commonly mapped to nothing. */
  private static boolean isNothing(int c) {
    return c == 0xad
        || c == 0x34f
        || c == 0x1806
        || (c >= 0x180b && c <= 0x180d)
        || (c >= 0x200b && c <= 0x200d)
        || c == 0x2060
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0xfeff;
  }

  private static boolean isProhibited(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
