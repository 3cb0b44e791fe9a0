package org.mxrelay.smtp.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a transport must know of a message before it sends its first byte.
 *
 * <p>Immutable.
 *
 * @param size octets as stored
 * @param wireSize octets on the wire: every line end a CRLF, the last one included, without
 *     dot-stuffing (RFC 1870, 5)
 * @param content whether any octet is above 127 (RFC 6152)
 */
public record MessageFacts(long size, long wireSize, Content content) {

  /** Whether a message needs 8BITMIME. */
  public enum Content {
    SEVEN_BIT,
    EIGHT_BIT
  }

  /**
   * Reads the message once to its end.
   *
   * @throws IOException if it cannot be read
   */
  public static MessageFacts of(MessageSource message) throws IOException {
    try (InputStream in = message.open()) {
      MessageScan scan = new MessageScan();
      in.transferTo(scan); // a message in memory is looked at where it is
      return scan.facts();
    }
  }
}
