package org.mxrelay.reply;

import java.util.Locale;

/** Makes strangers' text fit for logs, stores and reports: one line, nothing hidden, bounded. */
final class Printable {

  /** The most characters of what is made here. */
  static final int MAX_LENGTH = 1_000;

  private static final String CUT = "...";

  private Printable() {}

  /** The text with what cannot be seen made visible, cut at the bound. */
  static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    int roomForCut = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (isPlain(codePoint)) {
        out.append((char) codePoint);
      } else {
        out.append(shown(codePoint));
      }
      if (out.length() > MAX_LENGTH) {
        out.setLength(roomForCut);
        return out.append(CUT).toString();
      }
      roomForCut = out.length() <= MAX_LENGTH - CUT.length() ? out.length() : roomForCut;
    }
    return out.toString();
  }

  private static boolean isPlain(int codePoint) {
    return codePoint >= ' ' && codePoint < 0x7F;
  }

  private static String shown(int codePoint) {
    if (codePoint == '\t' || Character.getType(codePoint) == Character.SPACE_SEPARATOR) {
      return " ";
    }
    return isHidden(codePoint)
        ? String.format(Locale.ROOT, "[U+%04X]", codePoint)
        : Character.toString(codePoint);
  }

  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // FORMAT holds the direction overrides, the zero-width characters and the byte order mark.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> isBlankLetter(codePoint);
    };
  }

  /** Letters and symbols that show nothing: fillers and the empty Braille cell. */
  private static boolean isBlankLetter(int codePoint) {
    return codePoint == 0x115F
        || codePoint == 0x1160
        || codePoint == 0x3164
        || codePoint == 0xFFA0
        || codePoint == 0x2800
        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
  }
}
