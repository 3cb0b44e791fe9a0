package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/**
 * Makes transactions for tests of transports: {@code to(server.route()).message(...).plain()}.
 *
 * <p>Immutable.
 *
 * @param route where to
 * @param envelope from whom, to whom
 * @param message the bytes
 * @param gate asked right before the last byte
 */
public record Transactions(
    Route route, Envelope envelope, MessageSource message, LastByteGate gate) {

  private static final MessageSource SMALL =
      text("From: sender@shop.example\r\nSubject: test\r\n\r\nHello\r\n");

  /** From {@code sender@shop.example} to these, a small message. */
  public static Transactions to(Route route, String... recipients) {
    return new Transactions(
        route, Envelope.from("sender@shop.example").to(recipients), SMALL, LastByteGate.OPEN);
  }

  /** A message of that text, one byte for each character. */
  public static MessageSource text(String text) {
    return MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Transactions envelope(Envelope other) {
    return new Transactions(route, other, message, gate);
  }

  public Transactions message(MessageSource other) {
    return new Transactions(route, envelope, other, gate);
  }

  public Transactions message(String text) {
    return message(text(text));
  }

  public Transactions gate(LastByteGate other) {
    return new Transactions(route, envelope, message, other);
  }

  /** Without TLS. */
  public Transaction plain() {
    return with(TlsDemand.byOption(TlsDemand.Level.NONE));
  }

  /** With TLS as demanded. */
  public Transaction with(TlsDemand demand) {
    try {
      return new Transaction(route, demand, envelope, message, MessageFacts.of(message), gate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
