package org.mxrelay.tls;

/** Takes blanks away that a grammar calls WSP: the space and the tab, nothing else. Stateless. */
final class Blanks {

  private Blanks() {}

  static String trim(String text) {
    int from = 0;
    while (from < text.length() && isBlank(text.charAt(from))) {
      from++;
    }
    return trimEnd(text.substring(from));
  }

  static String trimEnd(String text) {
    int to = text.length();
    while (to > 0 && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
