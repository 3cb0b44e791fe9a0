package org.mxrelay.address;

import java.nio.charset.StandardCharsets;

/** The grammar of mailboxes (RFC 5321, 4.1.2; RFC 6531, 3.3). */
final class MailboxSyntax {

  // RFC 5321, 4.5.3.1.3: a path has at most 256 octets, its two angle brackets included.
  private static final int MAX_OCTETS = 254;

  private MailboxSyntax() {}

  static Mailbox parse(String address) {
    int at = lastUnquotedAt(address);
    if (at == 0) {
      throw new InvalidAddressException(address, "no local part, or a source route");
    }
    try {
      String localPart = LocalPart.canonical(address.substring(0, at));
      return new Mailbox(localPart, destination(address.substring(at + 1)));
    } catch (InvalidAddressException e) {
      // The part that is wrong is known; people look for the whole.
      throw new InvalidAddressException(address, e.why());
    }
  }

  private static Destination destination(String text) {
    if (text.endsWith(".")) {
      // RFC 5321, 2.3.5: the domain of a mailbox is complete as it is, without the final dot.
      throw new InvalidAddressException(text, "a final dot");
    }
    return Destination.parse(text);
  }

  /**
   * The domain is what stands behind the last unquoted {@code @}: {@code "a@other.example x"@here}
   * goes to {@code here}, whatever simpler parsers make of it.
   */
  private static int lastUnquotedAt(String address) {
    int at = -1;
    boolean quoted = false;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == '@') {
        at = i;
      }
    }
    if (quoted) {
      throw new InvalidAddressException(address, "a quote that is not closed");
    }
    if (at < 0) {
      throw new InvalidAddressException(address, "no @ outside quotes");
    }
    return at;
  }

  static void requireLength(String localPart, Destination destination) {
    int octets =
        localPart.getBytes(StandardCharsets.UTF_8).length + destination.toString().length();
    if (octets + 1 > MAX_OCTETS) {
      throw new InvalidAddressException(
          localPart + "@" + destination, "more than 254 octets: " + (octets + 1));
    }
  }
}
