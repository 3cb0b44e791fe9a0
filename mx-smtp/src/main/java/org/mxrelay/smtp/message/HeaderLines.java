package org.mxrelay.smtp.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Goes through the lines of a message's header (RFC 5322, 2.2), each as far as it matters. CRs
 * count for nothing.
 *
 * <p>Confined to one thread.
 */
public final class HeaderLines {

  /** A header that is longer is none; what comes after counts for nothing. */
  private static final int LONGEST_HEADER = 1 << 20;

  /** More of a line than this makes no difference. */
  private static final int ENOUGH = 80;

  private final InputStream in;
  private final byte[] block = new byte[1024];
  private final byte[] line = new byte[ENOUGH];
  private int length;
  private int at;
  private int end;
  private int read;

  /**
   * @param in begins with the header; not closed
   */
  public HeaderLines(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the first line, or to the next.
   *
   * @return false if the header is over
   * @throws IOException if the message cannot be read
   */
  public boolean next() throws IOException {
    length = 0;
    while (at < end || fill()) {
      int stop = Octets.lineEnd(block, at, end);
      take(stop);
      at = stop + 1; // behind the CR or LF, or behind the block
      if (stop < end && block[stop] == '\n') {
        break;
      }
    }
    return length > 0;
  }

  /**
   * Whether the line begins so, in any case.
   *
   * @param lowerCase ASCII, 80 characters at most
   */
  public boolean startsWith(String lowerCase) {
    if (length < lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Character.toLowerCase(line[i]) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the line goes on with the field of the line before (RFC 5322, 2.2.3). */
  public boolean isFolded() {
    return line[0] == ' ' || line[0] == '\t';
  }

  /** The first 80 octets of the line, a character for each. */
  public String text() {
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  private void take(int stop) {
    int more = Math.min(stop - at, ENOUGH - length);
    System.arraycopy(block, at, line, length, more);
    length += more;
  }

  private boolean fill() throws IOException {
    int n = read < LONGEST_HEADER ? in.read(block) : -1;
    at = 0;
    end = Math.max(0, n);
    read += end;
    return n > 0;
  }
}
