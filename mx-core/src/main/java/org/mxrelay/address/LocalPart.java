package org.mxrelay.address;

import java.nio.charset.StandardCharsets;

/**
 * The local part of a mailbox in its one canonical form (RFC 5321, 4.1.2; RFC 6531, 3.3).
 *
 * <p>{@code "ann"} and {@code ann} are the same local part (RFC 5321, 4.1.2): quotes and
 * backslashes that change nothing are dropped, so that equal mailboxes are equal texts. Nothing
 * else is touched, neither case nor Unicode normalisation: both are the destination's to interpret.
 */
final class LocalPart {

  // RFC 5321, 4.5.3.1.1: octets, quotes included, since this is what goes on the wire.
  private static final int MAX_OCTETS = 64;

  private LocalPart() {}

  /**
   * The canonical form of a local part in any form that may stand on the wire.
   *
   * @throws InvalidAddressException if it has no place in an SMTP command
   */
  static String canonical(String wire) {
    String content = wire.startsWith("\"") ? quotedContent(wire) : atoms(wire);
    String canonical = isDotString(content) ? content : quoted(content);
    if (canonical.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
      throw new InvalidAddressException(wire, "the local part must have 1 to 64 octets");
    }
    return canonical;
  }

  private static String atoms(String wire) {
    int wrong = Characters.first(wire, c -> c != '.' && !Characters.isAtext(c));
    if (wrong >= 0) {
      throw new InvalidAddressException(wire, whyNotUnquoted(wrong));
    }
    requireSpeakable(wire, wire);
    if (wire.isEmpty()) {
      throw new InvalidAddressException(wire, "the local part must have 1 to 64 octets");
    }
    if (!isDotString(wire)) {
      throw new InvalidAddressException(
          wire, "a dot may not begin or end an unquoted local part, nor follow another");
    }
    return wire;
  }

  private static String whyNotUnquoted(int c) {
    if (Characters.isUnspeakable(c)) {
      return whyUnspeakable(c);
    }
    return switch (c) {
      case '<', '>' -> "angle brackets and display names do not belong to an envelope address";
      case '(', ')' -> "an envelope address has no comments";
      case '@' -> "more than one @ outside quotes";
      case ',', ':', ';' -> "an envelope address is neither a list nor a source route";
      default ->
          Characters.isSpace(c)
              ? "a space outside quotes, " + Characters.shown(c)
              : "the character " + Characters.shown(c) + " outside quotes";
    };
  }

  /** What stands between the quotes, backslashes resolved. */
  private static String quotedContent(String wire) {
    int last = wire.length() - 1;
    StringBuilder content = new StringBuilder();
    for (int i = 1; i < last; i++) {
      char c = wire.charAt(i);
      if (c == '"') {
        throw new InvalidAddressException(wire, "text beside the quotes of the local part");
      }
      if (c == '\\') {
        i++;
        c = i < last ? quotedPair(wire, wire.charAt(i)) : '\\';
      }
      content.append(c);
    }
    if (!endsAtItsQuote(wire)) {
      throw new InvalidAddressException(wire, "a quoted local part that does not end at a quote");
    }
    return requireSpeakable(requireNoBrackets(content.toString(), wire), wire);
  }

  private static boolean endsAtItsQuote(String wire) {
    int backslashes = 0;
    for (int i = wire.length() - 2; i > 0 && wire.charAt(i) == '\\'; i--) {
      backslashes++;
    }
    return wire.length() > 1 && wire.endsWith("\"") && backslashes % 2 == 0;
  }

  private static char quotedPair(String wire, char c) {
    // RFC 5321, 4.1.2: quoted-pairSMTP = %d92 %d32-126, which RFC 6531 does not widen.
    if (c < ' ' || c > '~') {
      throw new InvalidAddressException(wire, "a backslash before " + Characters.shown(c));
    }
    return c;
  }

  private static String requireNoBrackets(String content, String wire) {
    // The grammar has them. Servers that end a path at the first '>' would read another mailbox,
    // or an option, out of "ann@other.example> NOTIFY=NEVER x"@example.org: never send one.
    if (content.indexOf('<') >= 0 || content.indexOf('>') >= 0) {
      throw new InvalidAddressException(
          wire, "angle brackets are refused in quotes too, since servers misread them");
    }
    return content;
  }

  private static String requireSpeakable(String content, String wire) {
    int wrong = Characters.first(content, Characters::isUnspeakable);
    if (wrong >= 0) {
      throw new InvalidAddressException(wire, whyUnspeakable(wrong));
    }
    return content;
  }

  private static String whyUnspeakable(int c) {
    return Character.getType(c) == Character.SURROGATE
        ? "half a surrogate pair, " + Characters.shown(c)
        : "the control character " + Characters.shown(c);
  }

  private static boolean isDotString(String content) {
    return !content.isEmpty()
        && !content.startsWith(".")
        && !content.endsWith(".")
        && !content.contains("..")
        && Characters.first(content, c -> c != '.' && !Characters.isAtext(c)) < 0;
  }

  private static String quoted(String content) {
    return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
