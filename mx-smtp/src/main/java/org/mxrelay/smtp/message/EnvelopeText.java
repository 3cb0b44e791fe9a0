package org.mxrelay.smtp.message;

/** What text of an envelope may hold besides addresses. */
final class EnvelopeText {

  private EnvelopeText() {}

  static void requirePrintable(String what, String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      throw new IllegalArgumentException(what + " must have 1 to " + most + " characters: " + text);
    }
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new IllegalArgumentException(what + " holds a control character");
    }
  }

  static void requireAscii(String what, String text, int most) {
    requirePrintable(what, text, most);
    if (text.codePoints().anyMatch(c -> c > '~')) {
      throw new IllegalArgumentException(what + " holds a character that is not ASCII");
    }
  }
}
