package org.mxrelay.smtp.client;

import org.mxrelay.smtp.message.Octets;

/**
 * Makes a message what it must be on the wire, in blocks of any size: every line end a CRLF, and
 * dots stuffed for DATA. What it makes has no CR or LF that stands alone, so no peer, however
 * lenient, can see the message end before its end.
 *
 * <p>Confined to one message.
 */
final class WireEncoder {

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] DOT = {'.', '\r', '\n'};

  private final Framing framing;
  private boolean afterCr;
  private boolean lineStart = true;
  private boolean empty = true;

  WireEncoder(Framing framing) {
    this.framing = framing;
  }

  /** How the peer knows where the message ends. */
  enum Framing {
    /** By a dot on a line of its own. */
    DATA,
    /** By a count. */
    BDAT
  }

  /** The most octets that so many become, the end of the message included. */
  static int room(int octets) {
    return 2 * octets + CRLF.length + DOT.length;
  }

  /** Encodes a part of the message, and answers with the index behind what was written. */
  int encode(byte[] from, int length, byte[] to, int at) {
    int i = 0;
    while (i < length) {
      byte b = from[i];
      if (b == '\r' || b == '\n') {
        // RFC 5321, 2.3.8: a CR or an LF alone is a line end like any other and leaves as CRLF.
        if (b == '\r' || !afterCr) {
          at = put(CRLF, to, at);
        }
        afterCr = b == '\r';
        lineStart = true;
        i++;
      } else {
        int end = Octets.lineEnd(from, i, length);
        at = putText(from, i, end, to, at);
        i = end;
      }
    }
    empty &= length == 0;
    return at;
  }

  /** Writes what ends the message, and answers with the index behind it. */
  int finish(byte[] to, int at) {
    // RFC 5321, 4.1.1.4: the last line has its end before the dot.
    int ended = lineStart || empty ? at : put(CRLF, to, at);
    return framing == Framing.DATA ? put(DOT, to, ended) : ended;
  }

  private int putText(byte[] from, int start, int end, byte[] to, int at) {
    int next = at;
    if (lineStart && from[start] == '.' && framing == Framing.DATA) {
      // RFC 5321, 4.5.2
      to[next++] = '.';
    }
    System.arraycopy(from, start, to, next, end - start);
    lineStart = false;
    afterCr = false;
    return next + end - start;
  }

  private static int put(byte[] what, byte[] to, int at) {
    System.arraycopy(what, 0, to, at, what.length);
    return at + what.length;
  }
}
