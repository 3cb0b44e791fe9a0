package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.Transport;

/** What MAIL and RCPT say, and to whom they must not say it. */
public interface SmtpEnvelopeContract extends TransportFixture {

  @Test
  default void nullReversePath_isSentAsSuch() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      attempt(server, Envelope.from("").to("ann@y.example"), "x\r\n");
      assertTrue(server.sessions().get(0).receivedText().contains("MAIL FROM:<>"));
    }
  }

  @Test
  default void quotedLocalPart_isSentAsItIs() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      attempt(server, Envelope.from("a@x.example").to("\"ann b@c\"@y.example"), "x\r\n");
      String sent = server.sessions().get(0).receivedText();
      assertTrue(sent.contains("RCPT TO:<\"ann b@c\"@y.example>"), sent);
    }
  }

  @Test
  default void addressBeyondAscii_isNeverCutDownToAnother() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.withdraw("SMTPUTF8");
      Map<String, RecipientResult> results =
          attempt(
              server, Envelope.from("a@x.example").to("\u0161dmin@y.example", "b@y.example"), "x");
      assertEquals("5.6.7", lacking(results.get("\u0161dmin@y.example")));
      assertInstanceOf(Answered.class, results.get("b@y.example"));
      assertEquals(List.of("b@y.example"), server.messages().get(0).addresses());
      assertFalse(server.sessions().get(0).receivedText().contains("dmin"));
    }
  }

  @Test
  default void smtpUtf8_isAskedForOnlyWhereItIsNeeded() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      attempt(server, Envelope.from("a@x.example").to("b@y.example"), "x\r\n");
      attempt(server, Envelope.from("a@x.example").to("\u0161dmin@y.example"), "x\r\n");
      assertFalse(server.messages().get(0).mailParameters().contains("SMTPUTF8"));
      assertTrue(server.messages().get(1).mailParameters().contains("SMTPUTF8"));
      assertEquals(List.of("\u0161dmin@y.example"), server.messages().get(1).addresses());
    }
  }

  @Test
  default void senderBeyondAscii_needsSmtpUtf8ForAll() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.withdraw("SMTPUTF8");
      Map<String, RecipientResult> results =
          attempt(server, Envelope.from("\u00e4@x.example").to("b@y.example"), "x\r\n");
      assertEquals("5.6.7", lacking(results.get("b@y.example")));
      assertNoMail(server);
    }
  }

  @Test
  default void size_isAnnouncedAsItIsOnTheWire() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      attempt(server, Envelope.from("a@x.example").to("b@y.example"), "a\nb\n.c");
      String parameters = server.messages().get(0).mailParameters();
      assertTrue(List.of(parameters.split(" ")).contains("SIZE=10"), parameters);
    }
  }

  @Test
  default void messageTooLarge_isNotEvenAskedFor() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.offer("SIZE 100");
      Map<String, RecipientResult> results =
          attempt(server, Envelope.from("a@x.example").to("b@y.example"), "x".repeat(99) + "\r\n");
      assertEquals("5.3.4", lacking(results.get("b@y.example")));
      assertNoMail(server);
    }
  }

  @Test
  default void eightBitMessage_isDeclaredWhereThatIsOffered() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      Envelope envelope = Envelope.from("a@x.example").to("b@y.example");
      attempt(server, envelope, "\u00e4\r\n");
      attempt(server, envelope, "plain\r\n");
      server.withdraw("8BITMIME");
      attempt(server, envelope, "\u00e4\r\n");
      List<ReceivedMessage> messages = server.messages();
      assertTrue(messages.get(0).mailParameters().contains("BODY=8BITMIME"));
      assertFalse(messages.get(1).mailParameters().contains("BODY="));
      assertFalse(messages.get(2).mailParameters().contains("BODY="));
      assertEquals("\u00e4\r\n", messages.get(2).text());
    }
  }

  @Test
  default void requireTls_isNotSentWhereItIsNotUnderstood() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      Map<String, RecipientResult> results =
          attempt(
              server,
              Envelope.from("a@x.example")
                  .to("b@y.example")
                  .with(EnvelopeOptions.NONE.withTls(SenderTls.REQUIRED)),
              "x\r\n");
      assertEquals("5.7.30", lacking(results.get("b@y.example")));
      assertNoMail(server);
    }
  }

  @Test
  default void wishesForReports_reachTheServerThatKnowsThem() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      Envelope envelope =
          Envelope.from("a@x.example")
              .to(
                  List.of(
                      Recipient.of("b@y.example").notifying(Set.of(Notify.NEVER)),
                      Recipient.of("c@y.example").notifying(Set.of(Notify.FAILURE, Notify.DELAY))))
              .with(EnvelopeOptions.NONE.withRet(Ret.HDRS).withEnvid("a+b"));
      attempt(server, envelope, "x\r\n");
      server.withdraw("DSN");
      attempt(server, envelope, "x\r\n");
      ReceivedMessage message = server.messages().get(0);
      assertTrue(message.mailParameters().contains("RET=HDRS"), message.mailParameters());
      assertTrue(message.mailParameters().contains("ENVID=a+2Bb"), message.mailParameters());
      assertEquals("NOTIFY=NEVER", message.recipients().get(0).parameters());
      assertEquals("NOTIFY=FAILURE,DELAY", message.recipients().get(1).parameters());
      assertEquals("", server.messages().get(1).recipients().get(0).parameters());
    }
  }

  @Test
  default void priority_isSaidToTheServerThatKnowsIt() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.offer("MT-PRIORITY MIXER");
      Envelope envelope =
          Envelope.from("a@x.example")
              .to("b@y.example")
              .with(EnvelopeOptions.NONE.withPriority(-3));
      attempt(server, envelope, "x\r\n");
      server.withdraw("MT-PRIORITY");
      attempt(server, envelope, "x\r\n");
      List<String> parameters =
          server.messages().stream().map(ReceivedMessage::mailParameters).toList();
      assertTrue(
          List.of(parameters.get(0).split(" ")).contains("MT-PRIORITY=-3"), parameters.toString());
      assertFalse(parameters.get(1).contains("PRIORITY"), parameters.toString());
    }
  }

  private Map<String, RecipientResult> attempt(
      ScriptedSmtpServer server, Envelope envelope, String text) throws InterruptedException {
    try (Transport transport = open()) {
      return TransportContract.results(
          transport.attempt(
              Transactions.to(server.route(), "nobody@y.example")
                  .envelope(envelope)
                  .message(text)
                  .plain()));
    }
  }

  private static String lacking(RecipientResult result) {
    return assertInstanceOf(Lacking.class, result).status().toString();
  }

  private static void assertNoMail(ScriptedSmtpServer server) {
    assertFalse(server.sessions().get(0).receivedText().contains("MAIL"));
  }
}
