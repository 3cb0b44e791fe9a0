package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/** The published attacks on senders, each under its number in the threat model. */
class HostilePeerTest {

  private static final Duration BRIEF = Duration.ofMillis(200);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport =
      SmtpTransport.builder().helo("me.example").timeouts(SmtpTimeouts.RFC5321).build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private Transactions toAnn() {
    return Transactions.to(server.route(), "ann@y.example");
  }

  private RecipientResult attempt(SmtpTransport by) throws InterruptedException {
    return only(by.attempt(toAnn().plain()));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  @Test
  void v1_plaintextBehindTheReplyToStartTls_endsTheSession() throws Exception {
    server.offer("STARTTLS");
    server.on(Step.STARTTLS, Behaviour.raw("220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n"));
    Broken broken =
        assertInstanceOf(
            Broken.class, only(transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC))));
    assertEquals(Stage.STARTTLS, broken.stage());
    assertTrue(server.sessions().get(0).awaitEnd(Duration.ofSeconds(10)));
    assertTrue(server.sessions().get(0).receivedText().endsWith("STARTTLS\r\n"));
  }

  @Test
  void v3_offersBeforeTls_countNoMore() throws Exception {
    server.offer("STARTTLS", "X-PLAIN-ONLY");
    server.on(
        Step.EHLO, Behaviour.normal(), Behaviour.reply("250-mx.test.example", "250 8BITMIME"));
    AttemptResult result = transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC));
    assertInstanceOf(Answered.class, only(result));
    assertEquals(java.util.Set.of("8BITMIME"), result.session().extensions());
  }

  @Test
  void v3_failedEhloUnderTls_isARefusalAndNoHelo() throws Exception {
    server.offer("STARTTLS");
    server.on(Step.EHLO, Behaviour.normal(), Behaviour.reply("502 5.5.1 Not again"));
    AttemptResult result = transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC));
    assertEquals(Stage.EHLO, assertInstanceOf(Refused.class, only(result)).stage());
    assertFalse(server.sessions().get(0).receivedText().contains("HELO"));
  }

  @Test
  void v4_plaintextBehindCloseNotify_isNoAnswer() throws Exception {
    server.offer("STARTTLS");
    server.on(
        Step.END_OF_DATA,
        turn -> {
          turn.leaveTls("250 2.0.0 Taken\r\n");
          turn.readToEnd();
        });
    AttemptResult result = transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC));
    assertEquals(Stage.END_OF_DATA, assertInstanceOf(Broken.class, only(result)).stage());
    assertEquals(LastByte.SENT, result.session().lastByte());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n.\nMAIL FROM:<e@e>\n", "a\r.\rb", "a\n.\r\nb", "a\r\n.\rb", "\0.\n"})
  void v5_smuggledMessages_arriveAsOne(String text) throws Exception {
    assertInstanceOf(Answered.class, only(transport.attempt(toAnn().message(text).plain())));
    assertInstanceOf(Answered.class, attempt(transport));
    assertEquals(2, server.messages().size());
    assertEquals(
        server.sessions().get(0).commands().stream().filter(c -> c.startsWith("MAIL")).count(), 2);
  }

  @Test
  void v20_endlessReplies_endTheSessionWithoutGrowth() throws Exception {
    for (String again : List.of("2", "250-more\r\n")) {
      for (Step step : List.of(Step.GREETING, Step.EHLO, Step.MAIL, Step.END_OF_DATA)) {
        server.behave().on(step, Behaviour.endless(again));
        Broken broken = assertInstanceOf(Broken.class, attempt(transport));
        assertTrue(broken.cause().startsWith("malformed reply"), broken.cause());
      }
    }
    server
        .sessions()
        .forEach(s -> assertTrue(s.sent().length < 16 * 1024 * 1024, "sent " + s.sent().length));
  }

  @Test
  void v21_drippedReply_doesNotOutlastItsDeadline() throws Exception {
    server.on(Step.MAIL, Behaviour.drip(Duration.ofMillis(30), "250 " + "x".repeat(1000)));
    try (SmtpTransport brief = brief()) {
      Broken broken = assertInstanceOf(Broken.class, attempt(brief));
      assertEquals(Stage.MAIL, broken.stage());
      assertTrue(broken.cause().startsWith("timed out after 0.2 s"), broken.cause());
    }
  }

  @Test
  void v21_peerThatStopsReading_doesNotOutlastTheDeadlineOfABlock() throws Exception {
    server.onBody(1000, Behaviour.stall());
    try (SmtpTransport brief = brief()) {
      AttemptResult result = brief.attempt(endless());
      assertEquals(Stage.BODY, assertInstanceOf(Broken.class, only(result)).stage());
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "25\r\n",
        "2500 ok\r\n",
        "-250 ok\r\n",
        "250-a\r\n550 b\r\n",
        "250 o\0k\r\n",
        "199 x\r\n",
        "600 x\r\n",
        "\r\n",
        "+250 ok\r\n",
        " 250 ok\r\n"
      })
  void v22_malformedReplies_areNone(String reply) throws Exception {
    server.on(Step.END_OF_DATA, Behaviour.raw(reply).then(Behaviour.silence()));
    AttemptResult result = transport.attempt(toAnn().plain());
    assertEquals(Stage.END_OF_DATA, assertInstanceOf(Broken.class, only(result)).stage());
    assertEquals(LastByte.SENT, result.session().lastByte());
  }

  @Test
  void v23_garbageAfterTheDot_isNotMadeGoodByTheReplyToQuit() throws Exception {
    server.on(Step.END_OF_DATA, Behaviour.raw("garbage\r\n221 Bye\r\n250 ok\r\n"));
    AttemptResult result = transport.attempt(toAnn().plain());
    assertInstanceOf(Broken.class, only(result));
    assertFalse(server.sessions().get(0).commands().contains("QUIT"));
  }

  @Test
  void v23_replyTooMany_isNotTakenForTheOneToTheDot() throws Exception {
    // The last line decides what the server believes; it must wait for the message all the same.
    server.on(
        Step.DATA,
        turn -> {
          turn.reply("354 Go on", "250 2.0.0 Taken");
          turn.count(354);
        });
    AttemptResult result = transport.attempt(toAnn().plain());
    assertEquals(Stage.BODY, assertInstanceOf(Broken.class, only(result)).stage());
    assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    assertEquals(List.of(), server.messages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 2.0.0 Taken", "451 4.3.0 Not taken"})
  void v23_replyTooManyBeforeTheOneToAChunk_isNotTakenForIt(String last) throws Exception {
    server.offer("CHUNKING");
    server.on(Step.MAIL, Behaviour.raw(""));
    server.on(Step.RCPT, Behaviour.raw("").then(turn -> turn.count(250)));
    server.on(Step.END_OF_DATA, turn -> turn.reply("250 mail", "250 too many", "250 rcpt", last));
    AttemptResult result = transport.attempt(toAnn().plain());
    RecipientResult expected =
        last.startsWith("250")
            ? assertInstanceOf(Answered.class, only(result))
            : assertInstanceOf(Broken.class, only(result));
    assertEquals(expected instanceof Answered ? 1 : 0, server.messages().size());
    assertEquals(LastByte.SENT, result.session().lastByte());
    assertTrue(server.sessions().get(0).awaitEnd(Duration.ofSeconds(10)));
  }

  @Test
  void v24_enhancedCodeOfAnotherClassOrReply_isNotKept() throws Exception {
    server.on(Step.MAIL, Behaviour.reply("250 2.1.0 Ok"));
    server.on(Step.RCPT, Behaviour.reply("550 2.1.5 Who?"), Behaviour.reply("450 Busy"));
    AttemptResult result =
        transport.attempt(Transactions.to(server.route(), "a@y.example", "b@y.example").plain());
    result
        .results()
        .values()
        .forEach(
            r ->
                assertEquals(Optional.<EnhancedStatusCode>empty(), ((Refused) r).reply().status()));
  }

  @Test
  void answerOnceGiven_survivesTheSession() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"), Behaviour.normal(), Behaviour.drop());
    AttemptResult result =
        transport.attempt(
            Transactions.to(server.route(), "a@y.example", "b@y.example", "c@y.example").plain());
    var results = org.mxrelay.smtp.testkit.TransportContract.results(result);
    assertInstanceOf(Refused.class, results.get("a@y.example"));
    assertInstanceOf(Broken.class, results.get("b@y.example"));
    assertInstanceOf(Broken.class, results.get("c@y.example"));
  }

  @Test
  void refusalInTheMiddleOfTheMessage_isHeard() throws Exception {
    server.onBody(1000, Behaviour.reply("552 5.3.4 Too big after all").then(Behaviour.silence()));
    AttemptResult result = transport.attempt(endless());
    Refused refused = assertInstanceOf(Refused.class, only(result));
    assertEquals(Stage.BODY, refused.stage());
    assertEquals(552, refused.reply().code());
    assertEquals(LastByte.NOT_SENT, result.session().lastByte());
  }

  @Test
  void messageOverTheSizeOffered_lacksRoomAndIsNotAsked() throws Exception {
    server.offer("SIZE 10");
    Lacking lacking = assertInstanceOf(Lacking.class, attempt(transport));
    assertEquals("5.3.4", lacking.status().toString());
    assertEquals(Stage.MAIL, lacking.stage());
    assertFalse(server.sessions().get(0).receivedText().contains("MAIL"));
  }

  @Test
  void messageThatNeedsWhatIsNotOffered_isLackingAndIsNotAsked() throws Exception {
    server.withdraw("SMTPUTF8");
    Envelope ascii = toAnn().envelope();
    assertLacks(
        "5.6.7", ascii.with(EnvelopeOptions.NONE.withUtf8(EnvelopeOptions.HeaderForm.UTF8)));
    assertLacks(
        "5.7.30", ascii.with(EnvelopeOptions.NONE.withTls(EnvelopeOptions.SenderTls.REQUIRED)));
    assertLacks("5.6.7", Envelope.from("a@x.example").to("\u00e4nn@y.example"));
  }

  private void assertLacks(String status, Envelope envelope) throws InterruptedException {
    AttemptResult result = transport.attempt(toAnn().envelope(envelope).plain());
    Lacking lacking = assertInstanceOf(Lacking.class, only(result));
    assertEquals(status, lacking.status().toString());
  }

  private static SmtpTransport brief() {
    SmtpTimeouts all = SmtpTimeouts.RFC5321;
    return SmtpTransport.builder()
        .timeouts(
            new SmtpTimeouts(
                all.connect(),
                all.greeting(),
                all.ehlo(),
                all.startTls(),
                all.handshake(),
                BRIEF,
                all.rcpt(),
                all.data(),
                BRIEF,
                all.endOfData()))
        .build();
  }

  /** A message larger than any socket's buffers. */
  private Transaction endless() {
    Transaction small = toAnn().plain();
    return new Transaction(
        small.route(),
        small.tls(),
        small.envelope(),
        () ->
            new InputStream() {
              @Override
              public int read() {
                return 'x';
              }
            },
        new MessageFacts(1000, 1000, MessageFacts.Content.SEVEN_BIT),
        LastByteGate.OPEN);
  }
}
