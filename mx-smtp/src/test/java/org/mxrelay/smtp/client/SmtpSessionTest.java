package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.tls.TlsDemand;

class SmtpSessionTest {

  private static final Envelope ENVELOPE = Envelope.from("a@x.example").to("b@y.example");
  private static final MessageSource MESSAGE = Transactions.text("Subject: x\n\n.body");

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start().offer("CHUNKING");
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @Test
  void commandsOneByOne_sendAMessage() throws Exception {
    try (SmtpSession session = transport.open(server.route())) {
      assertEquals(220, session.greeting().code());
      assertEquals(250, session.ehlo().code());
      assertTrue(session.extensions().contains("8BITMIME"));
      assertEquals(250, session.mail(ENVELOPE, MessageFacts.of(MESSAGE)).code());
      assertEquals(250, session.rcpt(Recipient.of("b@y.example")).code());
      assertEquals(354, session.data().code());
      assertEquals(LastByte.NOT_SENT, session.facts().lastByte());
      assertEquals(250, session.body(MESSAGE, LastByteGate.OPEN).code());
      assertEquals(LastByte.SENT, session.facts().lastByte());
    }
    ReceivedMessage message = server.messages().get(0);
    assertEquals("Subject: x\r\n\r\n.body\r\n", message.text());
    assertTrue(server.sessions().get(0).awaitEnd(Duration.ofSeconds(10)));
    assertTrue(server.sessions().get(0).commands().contains("QUIT"));
  }

  @Test
  void lastChunk_sendsAMessage() throws Exception {
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      session.mail(ENVELOPE, MessageFacts.of(MESSAGE));
      session.rcpt(Recipient.of("b@y.example"));
      assertEquals(250, session.bdat(MESSAGE, MessageFacts.of(MESSAGE), LastByteGate.OPEN).code());
    }
    assertEquals("Subject: x\r\n\r\n.body\r\n", server.messages().get(0).text());
  }

  @Test
  void chunkThatIsNotAsLargeAsAnnounced_isNeverCompleted() throws Exception {
    for (long size : new long[] {3, 3_000}) {
      MessageFacts wrong = new MessageFacts(size, size, MessageFacts.Content.SEVEN_BIT);
      try (SmtpSession session = transport.open(server.route())) {
        session.ehlo();
        session.mail(ENVELOPE, wrong);
        session.rcpt(Recipient.of("b@y.example"));
        SessionBrokenException e =
            assertThrows(
                SessionBrokenException.class,
                () -> session.bdat(MESSAGE, wrong, LastByteGate.OPEN));
        assertEquals(Stage.BODY, e.stage());
        assertEquals(LastByte.NOT_SENT, session.facts().lastByte());
      }
    }
    server.close();
    assertTrue(server.messages().isEmpty());
  }

  @Test
  void probe_leavesNoMessage() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"));
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      assertEquals(250, session.mail(ReversePath.NULL).code());
      assertEquals(550, session.rcpt(Recipient.of("b@y.example")).code());
      assertEquals(250, session.rset().code());
      assertEquals(250, session.noop().code());
    }
    assertTrue(server.messages().isEmpty());
  }

  @Test
  void startTls_forgetsWhatWasOffered() throws Exception {
    server.offer("STARTTLS");
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      assertEquals(220, session.startTls(TlsDemand.OPPORTUNISTIC).code());
      assertEquals(Set.of(), session.extensions());
      assertTrue(session.tls().isPresent());
      assertEquals(250, session.ehlo().code());
      assertFalse(session.extensions().contains("STARTTLS"));
    }
  }

  @Test
  void refusedStartTls_goesOnInTheClear() throws Exception {
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      assertEquals(502, session.startTls(TlsDemand.OPPORTUNISTIC).code());
      assertTrue(session.tls().isEmpty());
      assertEquals(250, session.noop().code());
    }
  }

  @Test
  void lostConnection_tellsTheStage() throws Exception {
    server.on(Step.RCPT, Behaviour.drop());
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      session.mail(ReversePath.NULL);
      SessionBrokenException e =
          assertThrows(
              SessionBrokenException.class, () -> session.rcpt(Recipient.of("b@y.example")));
      assertEquals(Stage.RCPT, e.stage());
    }
  }
}
