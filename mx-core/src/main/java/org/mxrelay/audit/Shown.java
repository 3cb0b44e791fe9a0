package org.mxrelay.audit;

/** Makes text of strangers fit for terminals and reports: one line, nothing hidden. Stateless. */
final class Shown {

  private Shown() {}

  /** The text with a question mark in the place of what cannot be seen. */
  static String of(String text) {
    if (text.codePoints().noneMatch(Shown::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().map(c -> isHidden(c) ? '?' : c).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      // FORMAT holds the direction overrides and the zero-width characters.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
