package org.mxrelay.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.mxrelay.smtp.message.HeaderLines;
import org.mxrelay.smtp.message.MessageSource;

/** Reads from a message's header whether its sender waives TLS (RFC 8689, 5). Stateless. */
final class TlsRequiredField {

  private static final String NAME = "tls-required:";
  private static final Pattern NO = Pattern.compile("(?i)tls-required:[ \t]*no[ \t]*");

  /** More of a field than this makes no difference. */
  private static final int ENOUGH = 80;

  private TlsRequiredField() {}

  /** Whether the field is there, once, and says so. What it says otherwise means nothing. */
  static boolean saysNo(MessageSource message) throws IOException {
    StringBuilder first = new StringBuilder();
    int fields = 0;
    try (InputStream in = message.open()) {
      HeaderLines lines = new HeaderLines(in);
      boolean ours = false;
      while (lines.next()) {
        if (!lines.isFolded()) {
          ours = lines.startsWith(NAME);
          fields += ours ? 1 : 0;
        }
        if (ours && fields == 1 && first.length() < ENOUGH) {
          first.append(lines.text());
        }
      }
    }
    first.setLength(Math.min(first.length(), ENOUGH));
    return fields == 1 && NO.matcher(first).matches();
  }
}
