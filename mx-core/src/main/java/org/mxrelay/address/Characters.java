package org.mxrelay.address;

import java.util.Locale;
import java.util.function.IntPredicate;

/** What single characters are to an address, whichever part of it they stand in. */
final class Characters {

  private static final String ATEXT_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

  private Characters() {}

  /** Whether it may stand in an atom (RFC 5321, 4.1.2; beyond ASCII RFC 6531, 3.3). */
  static boolean isAtext(int c) {
    if (c > 0x7f) {
      // RFC 6531 lets a no-break space stand in an atom. Nobody has such a mailbox, and many a
      // pasted address has one at its end: it is taken for the space that it looks like.
      return !isSpace(c);
    }
    return isLetterOrDigit(c) || ATEXT_SYMBOLS.indexOf(c) >= 0;
  }

  /**
   * The first code point of a text that is so; less than 0 if none is. A plain loop, since each
   * address that is read goes through several of them.
   */
  static int first(String text, IntPredicate so) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (so.test(c)) {
        return c;
      }
    }
    return -1;
  }

  static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isSpace(int c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /**
   * Whether no address may hold it, quoted or not: control characters of both sets, line and
   * paragraph separators, lone surrogates, and the direction controls, which make an address in a
   * log read as another one.
   */
  static boolean isUnspeakable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> isDirectionControl(c);
    };
  }

  private static boolean isDirectionControl(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  /** The text in lower case as far as it is ASCII: the DNS ignores no other case (RFC 4343). */
  static String lowerAscii(String text) {
    return first(text, c -> c >= 'A' && c <= 'Z') >= 0
        ? text.codePoints()
            .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : text;
  }

  /** How a message shows a character: itself with its number, or the number alone. */
  static String shown(int c) {
    String number = String.format(Locale.ROOT, "U+%04X", c);
    return isUnspeakable(c) || isSpace(c)
        ? number
        : "'" + Character.toString(c) + "' (" + number + ")";
  }
}
