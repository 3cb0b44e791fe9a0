package org.mxrelay.examples.proof;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.transport.Connector;

/**
 * A connection on which the process dies in the midst of what it says: it follows the commands, and
 * hands over exactly the bytes before the point.
 *
 * <p>Confined to one thread at a time.
 */
final class KillingSocket extends Socket {

  private final Fuse fuse;
  private boolean body;
  private boolean replyIsDue;

  private KillingSocket(Fuse fuse) {
    this.fuse = fuse;
  }

  static Connector connector(Fuse fuse) {
    return (route, timeout) -> connect(fuse, route, timeout);
  }

  private static Socket connect(Fuse fuse, Route route, Duration timeout) throws IOException {
    fuse.at(KillPoint.CONNECT_BEGINS);
    KillingSocket socket = new KillingSocket(fuse);
    try {
      socket.connect(route.address(), Math.toIntExact(timeout.toMillis()));
      fuse.at(KillPoint.CONNECTED);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
          fuse.at(replyIsDue ? KillPoint.REPLY_COMES : KillPoint.GREETED);
          replyIsDue = false;
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        say(out, from, offset, offset + length);
      }
    };
  }

  private void say(OutputStream out, byte[] from, int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      if (body && !isCommand(from, at, end)) {
        sayBody(out, from, at, end);
        return;
      }
      body = false;
      int next = lineEnd(from, at, end);
      sayCommand(out, from, at, next);
      at = next;
    }
  }

  private static int lineEnd(byte[] from, int start, int end) {
    int at = start;
    while (at < end && from[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  /** After a DATA that was refused, commands go on; a letter begins with its subject. */
  private static boolean isCommand(byte[] from, int start, int end) {
    String text = new String(from, start, Math.min(5, end - start), StandardCharsets.US_ASCII);
    return text.equals("RSET\r") || text.equals("MAIL ") || text.equals("QUIT\r");
  }

  private void sayCommand(OutputStream out, byte[] from, int start, int end) throws IOException {
    String line = new String(from, start, end - start, StandardCharsets.ISO_8859_1);
    if (line.startsWith("MAIL")) {
      fuse.at(KillPoint.MAIL_BEGINS);
    }
    out.write(from, start, end - start);
    if (line.startsWith("EHLO")) {
      fuse.at(KillPoint.EHLO_SENT);
    } else if (line.startsWith("MAIL")) {
      fuse.at(KillPoint.MAIL_SENT);
    } else if (line.startsWith("RCPT")) {
      fuse.at(KillPoint.RCPT_SENT);
    } else if (line.startsWith("DATA") || line.startsWith("BDAT")) {
      body = true;
      fuse.at(KillPoint.DATA_SENT);
    }
  }

  /** Bodies here are small: a write is all of one, or all that is left of it. */
  private void sayBody(OutputStream out, byte[] from, int start, int end) throws IOException {
    int half = start + (end - start) / 2;
    out.write(from, start, half - start);
    fuse.at(KillPoint.BODY_HALF_SENT);
    out.write(from, half, end - half);
    body = false;
    replyIsDue = true;
    fuse.at(KillPoint.LAST_BYTE_SENT);
  }
}
