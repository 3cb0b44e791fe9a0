package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message's header field by field (RFC 5322, 2.2); what is left of the stream then is the
 * body. A line that is no field ends the header, as the empty one does, and is part of the body.
 *
 * <p>Confined to one thread.
 */
final class HeaderFields {

  /** A field's name and its value, folded as it was, with LF for the ends of its lines. */
  record Field(String name, String value) {}

  /** A field that is longer is cut: no packet may be longer than 65,535 octets. */
  private static final int LONGEST = 60_000;

  private final InputStream in;
  private @Nullable String line;
  private byte[] ahead = {};
  private boolean started;

  /**
   * @param in buffered: it is read octet by octet
   */
  HeaderFields(InputStream in) {
    this.in = in;
  }

  /** The next field; nothing at the end of the header. */
  Optional<Field> next() throws IOException {
    if (!started) {
      started = true;
      line = readLine();
    }
    String first = line;
    int colon = first == null ? -1 : first.indexOf(':');
    if (first == null || !isName(first, colon)) {
      return Optional.empty();
    }
    StringBuilder value = new StringBuilder(first.substring(colon + 1).stripLeading());
    for (line = readLine(); isContinuation(line); line = readLine()) {
      append(value, line);
    }
    return Optional.of(new Field(first.substring(0, colon).stripTrailing(), value.toString()));
  }

  /** What of the body was read already: nothing, or the line that ended the header. */
  byte[] ahead() {
    return line == null || line.isEmpty() ? new byte[0] : ahead;
  }

  private static void append(StringBuilder value, @Nullable String continuation) {
    if (continuation != null && value.length() + continuation.length() < LONGEST) {
      value.append('\n').append(continuation);
    }
  }

  private static boolean isName(String line, int colon) {
    return colon > 0
        && line.substring(0, colon).stripTrailing().chars().allMatch(c -> c > 32 && c < 127);
  }

  private static boolean isContinuation(@Nullable String line) {
    return line != null && !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
  }

  /** A line without its end; null at the end of the message. */
  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream(100);
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n' && read.size() < LONGEST) {
      read.write(b);
      b = in.read();
    }
    byte[] text = read.toByteArray();
    if (b >= 0) {
      read.write(b);
    }
    ahead = read.toByteArray();
    int length = text.length > 0 && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
    return new String(text, 0, length, UTF_8);
  }
}
