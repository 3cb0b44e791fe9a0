package org.mxrelay.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines and octets of a response, and not more of them than it may. Confined to a thread. */
final class HttpInput {

  /** Octets of all lines together: status, fields, sizes of chunks. */
  private static final int MOST_IN_LINES = 32 * 1024;

  private final InputStream in;
  private int left = MOST_IN_LINES;

  HttpInput(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** A line without its end, CRLF or LF (RFC 9112, 2.2). */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new BadResponse("the response ends early");
      } else if (--left <= 0) {
        throw new BadResponse("more than " + MOST_IN_LINES + " octets beside the policy");
      }
      line.append((char) c);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  /** Exactly so many octets. */
  byte[] octets(int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new BadResponse("the response ends early");
    }
    return read;
  }

  /** What comes up to the end of the connection, but no more than one octet above the limit. */
  byte[] rest(int limit) throws IOException {
    return in.readNBytes(limit + 1);
  }
}
