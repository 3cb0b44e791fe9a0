package org.mxrelay.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.mxrelay.smtp.message.MessageSource;

/** Reads from a message's header whether its sender waives TLS (RFC 8689, 5). Stateless. */
final class TlsRequiredField {

  private static final String NAME = "tls-required:";
  private static final Pattern NO = Pattern.compile("(?i)tls-required:[ \t]*no[ \t]*");

  /** A header that is longer is none; what comes after counts for nothing. */
  private static final int LONGEST_HEADER = 1 << 20;

  /** More of a line than this makes no difference. */
  private static final int ENOUGH = 80;

  private TlsRequiredField() {}

  /** Whether the field is there, once, and says so. What it says otherwise means nothing. */
  static boolean saysNo(MessageSource message) throws IOException {
    int fields = 0;
    int no = 0;
    try (InputStream in = message.open()) {
      Lines lines = new Lines(in);
      for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
        if (line.regionMatches(true, 0, NAME, 0, NAME.length())) {
          fields++;
          no += NO.matcher(line).matches() ? 1 : 0;
        }
      }
    }
    return fields == 1 && no == 1;
  }

  /** The header's fields, each unfolded into one line and cut short. Confined to one thread. */
  private static final class Lines {

    private final InputStream in;
    private final byte[] block = new byte[2048];
    private int at;
    private int end;
    private int read;
    private int ahead;

    Lines(InputStream in) throws IOException {
      this.in = in;
      this.ahead = octet();
    }

    /** The next field; empty at the end of the header. */
    String next() throws IOException {
      StringBuilder field = new StringBuilder();
      do {
        for (; ahead >= 0 && ahead != '\n' && read < LONGEST_HEADER; advance()) {
          if (ahead != '\r' && field.length() < ENOUGH) {
            field.append((char) ahead);
          }
        }
        advance();
      } while (!field.isEmpty() && (ahead == ' ' || ahead == '\t') && read < LONGEST_HEADER);
      return field.toString();
    }

    private void advance() throws IOException {
      ahead = octet();
      read++;
    }

    private int octet() throws IOException {
      if (at == end) {
        at = 0;
        end = in.read(block);
        if (end < 1) {
          end = 0;
          return -1;
        }
      }
      return block[at++] & 0xff;
    }
  }
}
