package org.mxrelay.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one place where commands become bytes: as UTF-8, never truncated, and only if no character
 * could end the line.
 *
 * <p>Confined to the thread that uses the session.
 */
final class CommandWriter {

  private static final byte[] CRLF = {'\r', '\n'};

  private byte[] bytes = new byte[1024];
  private int length;

  /**
   * Adds a command and its line end.
   *
   * @param line ASCII, or with UTF-8 where SMTPUTF8 allows it
   * @throws IllegalArgumentException if a character has no place there; nothing is added
   */
  void add(String line, LineForm form) {
    byte[] encoded = checked(line, form).getBytes(StandardCharsets.UTF_8);
    add(encoded, encoded.length);
    add(CRLF, CRLF.length);
  }

  /**
   * The line itself.
   *
   * @throws IllegalArgumentException if a character has no place in a command
   */
  static String checked(String line, LineForm form) {
    for (int i = 0; i < line.length(); i++) {
      int c = line.codePointAt(i);
      require(c, form);
      i += Character.charCount(c) - 1;
    }
    return line;
  }

  /** Adds bytes of a message. */
  void add(byte[] from, int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(from, 0, bytes, length, count);
    length += count;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
    if (bytes.length > 16 * 1024) {
      bytes = new byte[1024];
    }
  }

  /** Which characters a command line may have. */
  enum LineForm {
    ASCII,
    UTF8
  }

  private static void require(int c, LineForm form) {
    // RFC 5321, 2.3.8: CR and LF end a line, and nothing else; NUL and its kin have no place in it.
    boolean fit =
        c <= 0x7e
            ? c >= ' '
            : form == LineForm.UTF8
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && c != 0x2028
                && c != 0x2029;
    if (!fit) {
      throw new IllegalArgumentException(
          String.format("character in a command (%s): U+%04X", form, c));
    }
  }
}
