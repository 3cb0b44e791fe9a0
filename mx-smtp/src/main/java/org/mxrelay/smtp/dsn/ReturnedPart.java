package org.mxrelay.smtp.dsn;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mxrelay.smtp.dsn.ReportRequest.Action;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageFacts.Content;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Delivery;

/** The part that gives the message back: its header, or all of it if that was asked for. */
final class ReturnedPart {

  /** A message above this is returned as its header, whatever was asked for. */
  private static final long LARGEST_RETURNED = 1 << 20;

  private static final int LARGEST_HEADER = 64 * 1024;

  private final Delivery delivery;
  private final MessageSource original;
  private final Action action;

  ReturnedPart(ReportRequest request) {
    this.delivery = request.delivery();
    this.original = request.original();
    this.action = request.action();
  }

  String contentType() {
    boolean eightBit = isEightBit();
    if (isWhole()) {
      return eightBit ? "message/global" : "message/rfc822";
    }
    return eightBit ? "message/global-headers" : "text/rfc822-headers";
  }

  boolean isEightBit() {
    return delivery.facts().content() == Content.EIGHT_BIT;
  }

  byte[] body() throws IOException {
    try (InputStream in = original.open()) {
      return isWhole() ? in.readNBytes((int) LARGEST_RETURNED) : header(in);
    }
  }

  // RFC 3461, 4.3: RET counts for failures only; a delayed or relayed message is not returned
  // whole. RFC 8689, 5: nor is one that must not be read on the way, whatever RET says.
  private boolean isWhole() {
    return action == Action.FAILED
        && delivery.options().ret().filter(Ret.FULL::equals).isPresent()
        && delivery.options().tls() != SenderTls.REQUIRED
        && delivery.facts().size() <= LARGEST_RETURNED;
  }

  /** The header without its Bcc fields, which the reverse-path may have no business to see. */
  private static byte[] header(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean hidden = false;
    for (byte[] line = line(buffered); line.length > 0; line = line(buffered)) {
      boolean continued = line[0] == ' ' || line[0] == '\t';
      hidden = continued ? hidden : isBcc(line);
      if (out.size() + line.length > LARGEST_HEADER) {
        break;
      }
      if (!hidden) {
        out.writeBytes(line);
        out.writeBytes(new byte[] {'\r', '\n'});
      }
    }
    return out.toByteArray();
  }

  private static boolean isBcc(byte[] line) {
    String start = new String(line, 0, Math.min(line.length, 12), StandardCharsets.ISO_8859_1);
    String name = start.toLowerCase(Locale.ROOT);
    return name.startsWith("bcc:") || name.startsWith("resent-bcc:");
  }

  /** The next line without its end; empty at the end of the header. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r' && line.size() < LARGEST_HEADER) {
        line.write(b);
      }
    }
    return line.toByteArray();
  }
}
