package org.mxrelay.smtp.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines and header fields in which no value can begin a line of its own.
 *
 * <p>Confined to one thread.
 */
final class FieldWriter {

  /** RFC 5322, 2.1.1: lines should have no more than 78 characters, the CRLF aside. */
  private static final int FOLD_AT = 78;

  /** RFC 5322, 2.1.1: and must have no more than 998 octets, four of which a character may take. */
  private static final int LONGEST_WORD = 225;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
  private final Charset charset;

  /** What a value may hold. */
  enum Charset {
    /** Anything else becomes a question mark. */
    ASCII,
    UTF8
  }

  FieldWriter(Charset charset) {
    this.charset = charset;
  }

  FieldWriter field(String name, String value) {
    StringBuilder folded = new StringBuilder(name).append(':');
    int column = folded.length();
    for (String word : printable(value).split(" ")) {
      int length = word.length() + 1;
      if (column + length > FOLD_AT && column > name.length() + 1) {
        folded.append("\r\n");
        column = 0;
      }
      folded.append(' ').append(word);
      column += length;
    }
    return raw(folded.append("\r\n").toString());
  }

  FieldWriter line(String text) {
    return raw(printable(text) + "\r\n");
  }

  FieldWriter blank() {
    return raw("\r\n");
  }

  FieldWriter bytes(byte[] block, int length) {
    out.write(block, 0, length);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private FieldWriter raw(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Control characters become spaces, runs of spaces one, words that no line could hold are cut.
   */
  private String printable(String value) {
    StringBuilder clean = new StringBuilder(value.length());
    int word = 0;
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      int c = value.codePointAt(i);
      boolean gap = c == ' ' || isControl(c);
      word = gap ? 0 : word + 1;
      if (gap && (clean.isEmpty() || clean.charAt(clean.length() - 1) == ' ')) {
        continue;
      }
      if (word <= LONGEST_WORD) {
        clean.appendCodePoint(gap ? ' ' : allowed(c));
      }
    }
    return clean.toString().strip();
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  private int allowed(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return (c > 0x7e && charset == Charset.ASCII) || surrogate ? '?' : c;
  }
}
