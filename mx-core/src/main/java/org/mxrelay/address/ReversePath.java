package org.mxrelay.address;

/**
 * Who is told when a message cannot be delivered: a mailbox, or nobody (RFC 5321, 4.5.5).
 *
 * <p>Immutable.
 */
public sealed interface ReversePath permits Mailbox, ReversePath.Null {

  /** The null reverse-path, {@code MAIL FROM:<>}: nothing is ever sent back to it. */
  ReversePath NULL = new Null();

  /**
   * Reads a mailbox, or the null reverse-path from the empty text or {@code <>}.
   *
   * @throws InvalidAddressException if it is neither
   */
  static ReversePath parse(String text) {
    return text.isEmpty() || text.equals("<>") ? NULL : Mailbox.parse(text);
  }

  /** The null reverse-path. Its text is empty. */
  record Null() implements ReversePath {
    @Override
    public String toString() {
      return "";
    }
  }
}
