package org.mxrelay.examples.stories;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;

/** Sends a message to its recipient's own mail exchanger, with a queue that ends with us. */
public final class SendOnce {

  private static final String MESSAGE =
      """
      From: Shop <billing@shop.example>
      To: %s
      Subject: Your invoice
      Message-ID: <1001@shop.example>
      Date: Mon, 23 Nov 2026 09:00:00 +0000

      The sum of 24.00 is due within thirty days.
      """;

  private SendOnce() {}

  /** Takes a recipient. Port 25 must be open to the world, which it seldom is on a desktop. */
  public static void main(String[] args) throws InterruptedException {
    send(MxRelay.builder().helo("app.shop.example"), args[0], System.out);
  }

  static void send(MxRelayBuilder options, String recipient, PrintStream out)
      throws InterruptedException {
    try (MxRelay relay =
        options
            .queue(InMemoryQueue.create())
            .listener(
                RelayListener.onEnd(
                    e -> out.println(e.recipient() + " " + e.outcome().word() + ": " + e.why())))
            .start()) {
      byte[] message = MESSAGE.formatted(recipient).getBytes(StandardCharsets.UTF_8);
      Envelope envelope = Envelope.from("billing@shop.example").to(recipient);

      Receipt receipt = relay.submit(envelope, MessageSource.of(message));
      if (!relay.drain(Duration.ofMinutes(1))) {
        out.println(receipt.id() + " still waits, and is lost when we go");
      }
    }
  }
}
