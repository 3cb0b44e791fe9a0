package org.mxrelay.address;

import java.util.Locale;

/**
 * Text that is not an envelope address.
 *
 * <p>The message names the input (control characters escaped, cut after 300 characters) and the
 * reason.
 */
public final class InvalidAddressException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 300;

  private final String why;

  public InvalidAddressException(String input, String why) {
    super("invalid address '" + printable(input) + "': " + why);
    this.why = why;
  }

  /** The reason alone, a phrase such as {@code the local part must have 1 to 64 octets}. */
  public String why() {
    return why;
  }

  private static String printable(String input) {
    StringBuilder out = new StringBuilder();
    input.codePoints().limit(SHOWN).forEach(c -> appendPrintable(out, c));
    return input.codePointCount(0, input.length()) > SHOWN ? out + "..." : out.toString();
  }

  private static void appendPrintable(StringBuilder out, int c) {
    if (Characters.isUnspeakable(c)) {
      out.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      out.appendCodePoint(c);
    }
  }
}
