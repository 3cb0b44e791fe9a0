package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmartHost.Protocol;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.testkit.TransportContract;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

/** RFC 2033: a reply for each recipient after the message. */
class LmtpTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start().lmtp();
  private final SmtpTransport transport =
      SmtpTransport.builder()
          .helo("me.example")
          .smartHost(SmartHost.PLAIN.with(Protocol.LMTP))
          .build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private AttemptResult attempt() throws InterruptedException {
    return transport.attempt(
        Transactions.to(server.route(), "ann@y.example", "bob@y.example", "cy@y.example").plain());
  }

  private Map<String, RecipientResult> results() throws InterruptedException {
    return TransportContract.results(attempt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"8BITMIME", "CHUNKING"})
  void eachRecipient_hasTheReplyThatIsHis(String keyword) throws Exception {
    server.offer(keyword);
    server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("ann@") ? "550 5.1.1 Who?" : ""));
    server.on(
        Step.END_OF_DATA,
        Behaviour.replyTo(a -> a.startsWith("bob@") ? "452 4.2.2 Mailbox full" : ""));
    Map<String, RecipientResult> results = results();
    assertEquals(Stage.RCPT, assertInstanceOf(Refused.class, results.get("ann@y.example")).stage());
    Refused full = assertInstanceOf(Refused.class, results.get("bob@y.example"));
    assertEquals(Stage.END_OF_DATA, full.stage());
    assertEquals(452, full.reply().code());
    assertInstanceOf(Answered.class, results.get("cy@y.example"));
    assertEquals(List.of("LHLO me.example"), server.sessions().get(0).commands().subList(0, 1));
    assertEquals(
        List.of(List.of("cy@y.example")),
        server.messages().stream().map(ReceivedMessage::addresses).toList());
  }

  @Test
  void connection_isUsedAgainAfterAllReplies() throws Exception {
    attempt();
    attempt();
    assertEquals(1, server.sessions().size());
    assertEquals(6, server.messages().size());
    assertFalse(server.sessions().get(0).commands().contains("RSET"));
  }

  @Test
  void lossBetweenTheReplies_leavesTheOthersUncertainAndTheFirstAnswered() throws Exception {
    server.on(Step.END_OF_DATA, Behaviour.normal(), Behaviour.drop());
    AttemptResult result = attempt();
    Map<String, RecipientResult> results = TransportContract.results(result);
    assertInstanceOf(Answered.class, results.get("ann@y.example"));
    assertInstanceOf(Broken.class, results.get("bob@y.example"));
    assertInstanceOf(Broken.class, results.get("cy@y.example"));
    assertEquals(LastByte.SENT, result.session().lastByte());
  }

  @Test
  void closingReply_speaksOfItsRecipientAlone() throws Exception {
    server.on(
        Step.END_OF_DATA,
        Behaviour.reply("421 4.3.2 Closing").then(turn -> turn.hangUp()),
        Behaviour.normal());
    Map<String, RecipientResult> results = results();
    assertInstanceOf(Refused.class, results.get("ann@y.example"));
    assertInstanceOf(Broken.class, results.get("bob@y.example"));
  }

  @Test
  void allRefused_sendsNothing() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"));
    server.on(Step.DATA, Behaviour.reply("354 Go on"));
    AttemptResult result = attempt();
    TransportContract.results(result).forEach((r, one) -> assertInstanceOf(Refused.class, one, r));
    assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    assertTrue(server.sessions().get(0).awaitEnd(java.time.Duration.ofSeconds(10)));
  }

  @Test
  void serverThatSpeaksSmtpAlone_isRefusedAndNotAskedForHelo() throws Exception {
    try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start()) {
      AttemptResult result =
          transport.attempt(Transactions.to(smtp.route(), "ann@y.example").plain());
      Refused refused =
          assertInstanceOf(Refused.class, TransportContract.results(result).get("ann@y.example"));
      assertEquals(Stage.EHLO, refused.stage());
      assertEquals(List.of("LHLO me.example"), smtp.sessions().get(0).commands().subList(0, 1));
      assertFalse(smtp.sessions().get(0).receivedText().contains("HELO "));
    }
  }

  @Test
  void exchangeThatTheDnsNamed_isSpokenToBySmtp() throws Exception {
    try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start()) {
      Route mx = new Route(smtp.name(), 10, smtp.address(), Route.Origin.MX);
      AttemptResult result = transport.attempt(Transactions.to(mx, "ann@y.example").plain());
      assertInstanceOf(Answered.class, TransportContract.results(result).get("ann@y.example"));
    }
  }

  @Test
  void session_readsTheRepliesOneByOne() throws Exception {
    MessageSource message = Transactions.text("x\r\n");
    try (SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      session.mail(
          Envelope.from("a@x.example").to("b@y.example", "c@y.example"), MessageFacts.of(message));
      session.rcpt(Recipient.of("b@y.example"));
      session.rcpt(Recipient.of("c@y.example"));
      session.data();
      assertEquals(250, session.body(message, LastByteGate.OPEN).code());
      assertEquals(250, session.furtherReply().code());
    }
  }
}
