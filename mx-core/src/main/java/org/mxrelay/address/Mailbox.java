package org.mxrelay.address;

/**
 * A mailbox: a local part at a destination (RFC 5321, 4.1.2).
 *
 * <p>A local part is a dot-string or a quoted string, of ASCII or beyond (RFC 6531, 3.3). Stricter
 * than the grammar in three points, each of which has carried mail astray elsewhere: angle brackets
 * are refused within quotes too; so are, anywhere, the control characters U+0080 to U+009F, line
 * separators and direction controls; and the spaces beyond ASCII stand only in quotes.
 *
 * <p>Immutable. Mailboxes are equal exactly if they are the same text on the wire: {@code "ann"@x}
 * equals {@code ann@x}, {@code Ann@x} does not.
 *
 * @param localPart in the form in which it goes on the wire: quoted only where it must be, at most
 *     64 octets of UTF-8; its case is kept, since only the destination may interpret it
 * @param destination what stands behind the {@code @}
 */
public record Mailbox(String localPart, Destination destination) implements ReversePath {

  /**
   * Takes the local part in any form that may stand on the wire, and keeps the canonical one.
   *
   * @throws InvalidAddressException if the local part has no place in an SMTP command, or the whole
   *     is longer than 254 octets (RFC 5321, 4.5.3.1.3, less the angle brackets)
   */
  public Mailbox {
    localPart = LocalPart.canonical(localPart);
    MailboxSyntax.requireLength(localPart, destination);
  }

  /**
   * Reads an envelope address: no display name, no angle brackets, no comment, no source route, no
   * final dot. The destination is what stands behind the last {@code @} that is not quoted.
   *
   * @throws InvalidAddressException if it is anything else, naming the input and the reason
   */
  public static Mailbox parse(String address) {
    return MailboxSyntax.parse(address);
  }

  /** Whether the local part has non-ASCII characters, so that SMTPUTF8 is needed (RFC 6531). */
  public boolean isInternationalized() {
    for (int i = 0; i < localPart.length(); i++) {
      if (localPart.charAt(i) > 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** {@code local-part@destination}, as it goes on the wire between the angle brackets. */
  @Override
  public String toString() {
    return localPart + "@" + destination;
  }
}
