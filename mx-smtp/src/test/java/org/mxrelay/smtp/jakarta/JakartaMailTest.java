package org.mxrelay.smtp.jakarta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;

class JakartaMailTest {

  private static final Session SESSION = Session.getInstance(new Properties());

  @Test
  void submittedMessage_isQueuedForTheEnvelopesRecipients() throws Exception {
    MimeMessage message = new MimeMessage(SESSION);
    message.setRecipients(RecipientType.TO, "shown@example.org");
    message.setText("Please pay.");
    InMemoryQueue queue = InMemoryQueue.create();
    try (MxRelay relay = MxRelay.builder().queue(queue).router(nowhere()).start()) {
      Envelope envelope = Envelope.from("billing@shop.example").to("ann@example.org");
      Receipt receipt = JakartaMail.submit(relay, envelope, message);
      assertEquals(1, receipt.recipients());
      assertTrue(text(queue.message(receipt.id())).contains("Please pay."));
      assertTrue(relay.status(receipt.id()).isPresent());
    }
  }

  private static Router nowhere() {
    return destination ->
        new RouteDecision.Defer(
            RouteDecision.Reason.UNRESOLVED,
            new EnhancedStatusCode(4, 4, 3),
            "no DNS here",
            new RouteDecision.Trail(Instant.EPOCH, List.of()));
  }

  @Test
  void bcc_isNotSent() throws Exception {
    MimeMessage message = new MimeMessage(SESSION);
    message.setFrom("billing@shop.example");
    message.setRecipients(RecipientType.BCC, "secret@example.org");
    message.setText("Please pay.");
    String bytes = text(JakartaMail.snapshot(message));
    assertFalse(bytes.contains("secret"), bytes);
    assertTrue(bytes.contains("Message-ID: "), bytes);
    assertTrue(bytes.contains("Please pay."), bytes);
  }

  @Test
  void parsedMessage_keepsItsBytes() throws Exception {
    byte[] raw =
        "Message-ID: <1@shop.example>\r\nSubject: x\r\n\r\n..leading dots\r\nlast line"
            .getBytes(StandardCharsets.US_ASCII);
    MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
    assertArrayEquals(raw, text(JakartaMail.snapshot(message)).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void laterChanges_areNotSent() throws Exception {
    MimeMessage message = new MimeMessage(SESSION);
    message.setSubject("first");
    message.setText("x");
    MessageSource snapshot = JakartaMail.snapshot(message);
    String before = text(snapshot);
    message.setSubject("second");
    message.saveChanges();
    assertEquals(before, text(snapshot));
  }

  private static String text(MessageSource source) throws IOException {
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
