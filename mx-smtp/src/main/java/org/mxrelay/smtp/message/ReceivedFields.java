package org.mxrelay.smtp.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the Received fields of a message's header, by which a mail loop shows (RFC 5321, 6.3).
 * Stateless.
 */
public final class ReceivedFields {

  private static final String NAME = "received:";

  private ReceivedFields() {}

  /**
   * How many there are, at most {@code enough}: nobody reads on after that.
   *
   * @throws IOException if the message cannot be read
   */
  public static int count(MessageSource message, int enough) throws IOException {
    int count = 0;
    try (InputStream in = message.open()) {
      HeaderLines lines = new HeaderLines(in);
      while (count < enough && lines.next()) {
        count += lines.startsWith(NAME) ? 1 : 0;
      }
    }
    return count;
  }
}
