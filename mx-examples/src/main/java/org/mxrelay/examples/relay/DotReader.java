package org.mxrelay.examples.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A message up to the final dot, its dots unstuffed (RFC 5321, 4.5.2), and not an octet more. Only
 * CRLF ends a line here: a dot between bare CRs or LFs is content, whatever somebody hopes to
 * smuggle in behind it.
 *
 * <p>Confined to one thread.
 */
final class DotReader extends InputStream {

  private final InputStream in;
  private boolean lineStart = true;
  private boolean ended;
  // What was read to look for the end, and is content after all: at most two octets.
  private int[] waiting = {};
  private int next;
  private int last = -1;

  /**
   * @param in read octet by octet
   */
  DotReader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    if (ended) {
      return -1;
    }
    int b = take();
    if (b == '.' && lineStart) {
      b = afterDot();
    }
    if (b >= 0) {
      lineStart = b == '\n' && last == '\r';
      last = b;
    }
    return b;
  }

  /** In blocks too it must never wait for more than there is. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int b = read();
      if (b < 0) {
        return count == 0 && length > 0 ? -1 : count;
      }
      into[offset + count++] = (byte) b;
    }
    return count;
  }

  /** A dot at the start of a line is the end, or stuffed, or was not and should have been. */
  private int afterDot() throws IOException {
    int first = take();
    if (first != '\r') {
      return first;
    }
    int second = take();
    if (second == '\n') {
      ended = true;
      return -1;
    }
    // RFC 5321, 4.5.2: if the line is more than the dot, the dot goes.
    waiting = new int[] {second};
    next = 0;
    return first;
  }

  private int take() throws IOException {
    if (next < waiting.length) {
      return waiting[next++];
    }
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the client left within its message");
    }
    return b;
  }
}
