package org.mxrelay.smtp.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.dsn.ReportRequest.Action;
import org.mxrelay.smtp.dsn.ReportRequest.Reported;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.SubmissionId;

class ReportComposerTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:30:00Z");
  private static final String MESSAGE =
      "From: billing@shop.example\r\nBcc: secret@shop.example,\r\n other@shop.example\r\n"
          + "Subject: invoice\r\nMessage-ID: <1@shop.example>\r\n\r\nPlease pay.\r\n";

  @Test
  void failure_isReportedInThreeParts() throws Exception {
    MimeMessage report = compose(Action.FAILED, EnvelopeOptions.NONE, refused("550 5.1.1 no"));
    assertEquals("<R1@mx.shop.example>", report.getMessageID());
    assertEquals("auto-replied", report.getHeader("Auto-Submitted", null));
    assertTrue(report.getContentType().contains("report-type=delivery-status"));
    MimeMultipart parts = (MimeMultipart) report.getContent();
    assertEquals(3, parts.getCount());
    String status = text(parts.getBodyPart(1));
    assertTrue(status.contains("Reporting-MTA: dns; mx.shop.example\r\n"), status);
    assertTrue(status.contains("Final-Recipient: rfc822; ann@example.org\r\n"), status);
    assertTrue(status.contains("Action: failed\r\nStatus: 5.1.1\r\n"), status);
    assertTrue(status.contains("Diagnostic-Code: smtp; 550 5.1.1 no\r\n"), status);
    assertTrue(status.contains("Remote-MTA: dns; mx1.example.org\r\n"), status);
    assertTrue(text(parts.getBodyPart(0)).contains("<ann@example.org>"));
  }

  @Test
  void header_isReturnedWithoutBcc() throws Exception {
    MimeMessage report = compose(Action.FAILED, EnvelopeOptions.NONE, refused("550 no"));
    BodyPart returned = ((MimeMultipart) report.getContent()).getBodyPart(2);
    assertTrue(returned.isMimeType("text/rfc822-headers"), returned.getContentType());
    String header = text(returned);
    assertTrue(header.contains("Message-ID: <1@shop.example>"), header);
    assertFalse(header.contains("secret") || header.contains("other@"), header);
    assertFalse(header.contains("Please pay"), header);
  }

  @Test
  void retFull_returnsTheWholeMessage() throws Exception {
    MimeMessage report =
        compose(Action.FAILED, EnvelopeOptions.NONE.withRet(Ret.FULL), refused("550 no"));
    BodyPart returned = ((MimeMultipart) report.getContent()).getBodyPart(2);
    assertTrue(returned.isMimeType("message/rfc822"), returned.getContentType());
    assertTrue(text(returned).contains("Please pay."));
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"DELAYED", "RELAYED"})
  void retFull_countsForFailuresOnly(Action action) throws Exception {
    MimeMessage report =
        compose(action, EnvelopeOptions.NONE.withRet(Ret.FULL), refused("250 2.0.0 ok"));
    BodyPart returned = ((MimeMultipart) report.getContent()).getBodyPart(2);
    assertTrue(returned.isMimeType("text/rfc822-headers"), returned.getContentType());
  }

  @Test
  void relaying_isNoPromiseOfDelivery() throws Exception {
    MimeMessage report = compose(Action.RELAYED, EnvelopeOptions.NONE, refused("250 2.0.0 queued"));
    MimeMultipart parts = (MimeMultipart) report.getContent();
    assertEquals("Relayed: your message was handed on", report.getSubject());
    assertTrue(text(parts.getBodyPart(0)).contains("does\r\nnot report on delivery"));
    assertTrue(text(parts.getBodyPart(1)).contains("Action: relayed\r\n"));
  }

  @Test
  void messageThatRequiresTls_isReturnedAsItsHeaderAlone() throws Exception {
    EnvelopeOptions options =
        EnvelopeOptions.NONE.withRet(Ret.FULL).withTls(EnvelopeOptions.SenderTls.REQUIRED);
    MimeMessage report = compose(Action.FAILED, options, refused("550 no"));
    BodyPart returned = ((MimeMultipart) report.getContent()).getBodyPart(2);
    assertTrue(returned.isMimeType("text/rfc822-headers"), returned.getContentType());
    assertFalse(text(returned).contains("Please pay"));
  }

  @Test
  void envelopeId_isNamedAsItWasGiven() throws Exception {
    MimeMessage report =
        compose(Action.FAILED, EnvelopeOptions.NONE.withEnvid("QQ+314 x"), refused("550 no"));
    String status = text(((MimeMultipart) report.getContent()).getBodyPart(1));
    assertTrue(status.startsWith("Original-Envelope-Id: QQ+314 x\r\n"), status);
  }

  @Test
  void delay_saysUntilWhen() throws Exception {
    Reported late =
        new Reported(
            Recipient.of("ann@example.org"),
            diagnostic("451 4.7.1 later"),
            Optional.of(NOW.plusSeconds(86_400)));
    MimeMessage report = compose(Action.DELAYED, EnvelopeOptions.NONE, late);
    String status = text(((MimeMultipart) report.getContent()).getBodyPart(1));
    assertTrue(status.contains("Action: delayed\r\n"), status);
    assertTrue(status.contains("Will-Retry-Until: Tue, 24 Nov 2026 08:30:00 +0000"), status);
  }

  @Test
  void v8_hostileReply_beginsNoFieldAndNoPart() throws Exception {
    String hostile =
        "550 no\r\nAction: delivered\r\n\r\n--=_R1\r\nContent-Type: text/html\u2028Status: 2.0.0";
    MimeMessage report = compose(Action.FAILED, EnvelopeOptions.NONE, refused(hostile));
    MimeMultipart parts = (MimeMultipart) report.getContent();
    assertEquals(3, parts.getCount());
    String status = text(parts.getBodyPart(1));
    assertFalse(status.contains("\r\nAction: delivered"), status);
    assertEquals(1, status.split("(?m)^Status:", -1).length - 1, status);
    assertNull(report.getHeader("Action"));
  }

  @Test
  void longReply_isFoldedWithinTheLineLimit() throws Exception {
    MimeMessage report =
        compose(
            Action.FAILED, EnvelopeOptions.NONE, refused("550 " + "x".repeat(5000) + " end of it"));
    String status = text(((MimeMultipart) report.getContent()).getBodyPart(1));
    assertTrue(status.lines().allMatch(l -> l.length() < 998), status);
  }

  @Test
  void internationalRecipient_getsTheInternationalTypes() throws Exception {
    Reported reported =
        new Reported(Recipient.of("ärger@example.org"), diagnostic("550 nein"), Optional.empty());
    MimeMessage report = compose(Action.FAILED, EnvelopeOptions.NONE, reported);
    BodyPart part = ((MimeMultipart) report.getContent()).getBodyPart(1);
    assertTrue(part.isMimeType("message/global-delivery-status"), part.getContentType());
    assertTrue(text(part).contains("Final-Recipient: utf-8; ärger@example.org"), text(part));
  }

  @Test
  void originalRecipient_keepsItsType() throws Exception {
    Recipient recipient =
        new Recipient(
            Mailbox.parse("ann@example.org"), Set.of(), Optional.of("rfc822;Ann@Example.ORG"));
    MimeMessage report =
        compose(
            Action.FAILED,
            EnvelopeOptions.NONE,
            new Reported(recipient, diagnostic("550 no"), Optional.empty()));
    String status = text(((MimeMultipart) report.getContent()).getBodyPart(1));
    assertTrue(status.contains("Original-Recipient: rfc822; Ann@Example.ORG\r\n"), status);
  }

  private static Reported refused(String reply) {
    return new Reported(Recipient.of("ann@example.org"), diagnostic(reply), Optional.empty());
  }

  private static Diagnostic diagnostic(String reply) {
    return new Diagnostic(
        new EnhancedStatusCode(reply.startsWith("4") ? 4 : 5, 1, 1),
        Category.RECIPIENT_UNKNOWN,
        Optional.of(Stage.RCPT),
        "mx1.example.org",
        reply,
        "refused");
  }

  private static MimeMessage compose(Action action, EnvelopeOptions options, Reported reported)
      throws Exception {
    MessageSource original = MessageSource.of(MESSAGE.getBytes(StandardCharsets.US_ASCII));
    Delivery delivery =
        new Delivery(
            1,
            new SubmissionId("s1"),
            new Domain("example.org"),
            ReversePath.parse("billing@shop.example"),
            options,
            List.of(new OpenRecipient(reported.recipient(), Optional.empty())),
            MessageFacts.of(original),
            NOW.minusSeconds(600),
            NOW,
            1,
            Optional.empty(),
            Optional.empty());
    MessageSource report =
        new ReportComposer("mx.shop.example")
            .compose(new ReportRequest(action, delivery, List.of(reported), original, NOW, "R1"));
    try (InputStream in = report.open()) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private static String text(BodyPart part) throws Exception {
    try (InputStream in = part.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
