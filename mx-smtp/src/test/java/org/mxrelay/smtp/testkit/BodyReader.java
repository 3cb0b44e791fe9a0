package org.mxrelay.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a message up to the final dot, and takes the stuffed dots out (RFC 5321, 4.5.2). */
final class BodyReader {

  /** Called when so many octets of a body have come. */
  interface Hook {
    void reached() throws IOException, InterruptedException;
  }

  private final ServerWire wire;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  BodyReader(ServerWire wire) {
    this.wire = wire;
  }

  /** Reads strictly: only CRLF ends a line, only CRLF dot CRLF the message. */
  byte[] read(long hookAt, Hook hook) throws IOException, InterruptedException {
    long count = 0;
    boolean lineStart = true;
    boolean stuffed = false;
    int previous = -1;
    while (true) {
      if (count++ == hookAt) {
        hook.reached();
      }
      int b = wire.readOrFail();
      if (lineStart && b == '.') {
        stuffed = true;
        lineStart = false;
        continue;
      }
      if (stuffed && b == '\r') {
        int after = wire.readOrFail();
        if (after == '\n') {
          return body.toByteArray();
        }
        body.write(b);
        b = after;
      }
      stuffed = false;
      body.write(b);
      lineStart = b == '\n' && previous == '\r';
      previous = b;
    }
  }
}
