package org.mxrelay.smtp.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the Received fields of a message's header, by which a mail loop shows (RFC 5321, 6.3).
 *
 * <p>Confined to one call: a line is looked at byte by byte as far as the field's name goes.
 */
public final class ReceivedFields {

  private static final String NAME = "received:";

  /** A header that is longer is none; what comes after counts for nothing. */
  private static final int LONGEST_HEADER = 1 << 20;

  private int count;
  private int column;
  private boolean matching = true;
  private boolean over;

  private ReceivedFields() {}

  /**
   * How many there are, at most {@code enough}: nobody reads on after that.
   *
   * @throws IOException if the message cannot be read
   */
  public static int count(MessageSource message, int enough) throws IOException {
    ReceivedFields fields = new ReceivedFields();
    byte[] block = new byte[4096];
    int read = 0;
    try (InputStream in = message.open()) {
      for (int n = in.read(block);
          n >= 0 && !fields.over && fields.count < enough && read < LONGEST_HEADER;
          n = in.read(block)) {
        fields.scan(block, n);
        read += n;
      }
    }
    return Math.min(fields.count, enough);
  }

  private void scan(byte[] block, int length) {
    for (int i = 0; i < length && !over; i++) {
      int c = block[i];
      if (c == '\n') {
        over = column == 0;
        column = 0;
        matching = true;
      } else if (c != '\r') {
        match(c);
      }
    }
  }

  private void match(int c) {
    if (matching && column < NAME.length()) {
      matching = Character.toLowerCase(c) == NAME.charAt(column);
      if (matching && column == NAME.length() - 1) {
        count++;
      }
    }
    column++;
  }
}
