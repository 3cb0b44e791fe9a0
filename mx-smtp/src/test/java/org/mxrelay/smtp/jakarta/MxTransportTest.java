package org.mxrelay.smtp.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;

class MxTransportTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final MxRelay relay =
      MxRelay.builder()
          .queue(InMemoryQueue.create())
          .router(
              destination ->
                  new RouteDecision.Attempt(
                      List.of(server.route()), new Trail(Instant.MAX, List.of())))
          .start();

  @AfterEach
  void close() {
    relay.close();
    server.close();
  }

  @Test
  void staticSend_goesToTheRelay() throws Exception {
    MimeMessage message = message(JakartaMail.session(relay));
    message.setRecipients(RecipientType.BCC, "bcc@y.example");
    Transport.send(message);
    ReceivedMessage received = server.awaitMessages(1, SOON).get(0);
    assertEquals("billing@shop.example", received.reversePath());
    assertEquals(List.of("ann@y.example", "bcc@y.example"), received.addresses());
    assertTrue(received.text().contains("Please pay."), received.text());
    assertTrue(!received.text().contains("bcc@"), received.text());
  }

  @Test
  void transportOfTheSession_isTheRelays() throws Exception {
    Session session = JakartaMail.session(relay);
    try (Transport transport = session.getTransport()) {
      assertInstanceOf(MxTransport.class, transport);
      transport.connect();
      MimeMessage message = message(session);
      message.saveChanges();
      String id = message.getMessageID();
      transport.sendMessage(message, new InternetAddress[] {new InternetAddress("c@y.example")});
      assertTrue(server.awaitMessages(1, SOON).get(0).text().contains(id), "the same Message-ID");
    }
  }

  @Test
  void reversePath_canBeTheSessions() throws Exception {
    Properties more = new Properties();
    more.setProperty("mail.mx.from", "<>");
    Transport.send(message(JakartaMail.session(relay, more)));
    assertEquals("", server.awaitMessages(1, SOON).get(0).reversePath());
  }

  @Test
  void headerBeyondAscii_needsSmtpUtf8() throws Exception {
    Properties more = new Properties();
    more.setProperty("mail.mime.allowutf8", "true");
    MimeMessage message = message(JakartaMail.session(relay, more));
    message.setHeader("Subject", "gr\u00fc\u00df");
    Transport.send(message);
    assertTrue(server.awaitMessages(1, SOON).get(0).mailParameters().contains("SMTPUTF8"));
  }

  @Test
  void addressThatIsNone_isRefusedBeforeAnythingIsQueued() throws Exception {
    Session session = JakartaMail.session(relay);
    InternetAddress bad = new InternetAddress();
    bad.setAddress("x@x> SIZE=1 <y");
    try (Transport transport = session.getTransport()) {
      transport.connect();
      SendFailedException e =
          assertThrows(
              SendFailedException.class,
              () -> transport.sendMessage(message(session), new InternetAddress[] {bad}));
      assertEquals(1, e.getInvalidAddresses().length);
      assertEquals(0, relay.stats().pending());
    }
  }

  @Test
  void sessionWithoutARelay_saysHowToMakeOne() throws Exception {
    try (Transport transport = Session.getInstance(new Properties()).getTransport("mx")) {
      MessagingException e = assertThrows(MessagingException.class, transport::connect);
      assertTrue(e.getMessage().contains("JakartaMail.session(relay)"), e.getMessage());
    }
  }

  private static MimeMessage message(Session session) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom("billing@shop.example");
    message.setRecipients(RecipientType.TO, "ann@y.example");
    message.setText("Please pay.");
    return message;
  }
}
