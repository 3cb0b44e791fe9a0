package org.mxrelay.smtp.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message as Jakarta Mail writes it out.
 *
 * <p>Immutable.
 */
final class RawMessage {

  /** Fields that are for the sender's eyes alone. */
  private static final String[] NOT_SENT = {"Bcc", "Resent-Bcc", "Content-Length"};

  private final byte[] bytes;

  private RawMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  static RawMessage of(MimeMessage message) throws MessagingException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      message.writeTo(out, NOT_SENT);
    } catch (IOException e) {
      throw new MessagingException("cannot write the message out", e);
    }
    return new RawMessage(out.toByteArray());
  }

  MessageSource source() {
    return MessageSource.of(bytes);
  }

  /** Whether the header is beyond ASCII, so that SMTPUTF8 is needed (RFC 6532). */
  boolean hasUtf8Header() {
    int lineStart = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return true;
      }
      if (bytes[i] == '\n') {
        boolean empty = i == lineStart || (i == lineStart + 1 && bytes[lineStart] == '\r');
        if (empty) {
          return false;
        }
        lineStart = i + 1;
      }
    }
    return false;
  }
}
