package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.testkit.TransportContract;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

class SmtpTransportTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport =
      SmtpTransport.builder().helo("me.example").self("loop.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private Transactions toAnn() {
    return Transactions.to(server.route(), "ann@y.example");
  }

  private RecipientResult attempt() throws InterruptedException {
    return only(transport.attempt(toAnn().plain()));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  @Test
  void peerWithOurOwnName_isBrokenOff() throws Exception {
    server.named("Loop.Example");
    Broken broken = assertInstanceOf(Broken.class, attempt());
    assertEquals(Stage.GREETING, broken.stage());
    assertTrue(broken.cause().contains("our own name loop.example"), broken.cause());
    assertEquals("4.4.6", broken.status().orElseThrow().toString());
  }

  @Test
  void peerThatNamesItselfAsUsInItsReplyToEhlo_isBrokenOff() throws Exception {
    server.on(Step.EHLO, Behaviour.reply("250-LOOP.example. greets you", "250 PIPELINING"));
    Broken broken = assertInstanceOf(Broken.class, attempt());
    assertEquals(Stage.EHLO, broken.stage());
    assertEquals("4.4.6", broken.status().orElseThrow().toString());
    assertEquals(List.of(), server.messages());
  }

  @Test
  void oldServer_isGreetedWithHelo() throws Exception {
    server.on(Step.EHLO, Behaviour.reply("502 5.5.1 What?"));
    assertInstanceOf(Answered.class, attempt());
    assertEquals("me.example", server.messages().get(0).helo());
    assertTrue(server.sessions().get(0).commands().contains("HELO me.example"));
  }

  @Test
  void pipelining_sendsTheEnvelopeInOneWrite() throws Exception {
    AtomicReference<String> receivedAtMail = new AtomicReference<>("");
    server.on(
        Step.MAIL,
        turn -> {
          receivedAtMail.set(turn.session().receivedText());
          turn.normal();
        });
    assertInstanceOf(Answered.class, attempt());
    String session = receivedAtMail.get();
    assertTrue(session.endsWith("RCPT TO:<ann@y.example>\r\nDATA\r\n"), session);
  }

  @Test
  void chunking_sendsOneLastChunkWithTheEnvelope() throws Exception {
    server.offer("CHUNKING");
    transport.attempt(toAnn().message("a\n.b\n").plain());
    ReceivedMessage message = server.messages().get(0);
    assertEquals("a\r\n.b\r\n", message.text());
    assertTrue(message.mailParameters().contains("SIZE=7"), message.mailParameters());
    assertTrue(server.sessions().get(0).commands().contains("BDAT 7 LAST"));
  }

  @Test
  void chunkToAPeerThatWentAway_costsOneNewConnection() throws Exception {
    server.offer("CHUNKING");
    attempt();
    server.stop();
    server.restart();
    // Whoever has just been answered is believed for 20 ms; this waits until it is looked at.
    assertTrue(server.sessions().get(0).awaitEnd(SOON));
    new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS);
    assertInstanceOf(Answered.class, attempt());
    assertEquals(2, server.messages().size());
  }

  @Test
  void chunkingNever_sendsData() throws Exception {
    server.offer("CHUNKING");
    try (SmtpTransport old =
        SmtpTransport.builder().chunking(SmtpTransport.Chunking.NEVER).build()) {
      assertInstanceOf(Answered.class, only(old.attempt(toAnn().plain())));
    }
    assertTrue(server.sessions().get(0).commands().contains("DATA"));
  }

  @Test
  void chunkingWithARefusedMail_isAnAnswerForAll() throws Exception {
    server.offer("CHUNKING").on(Step.MAIL, Behaviour.reply("550 5.7.1 Go away"));
    Refused refused = assertInstanceOf(Refused.class, attempt());
    assertEquals(Stage.MAIL, refused.stage());
    assertEquals(550, refused.reply().code());
  }

  @Test
  void allRefusedButDataAccepted_sendsALoneDotAndGoesOn() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"), Behaviour.normal());
    server.on(Step.DATA, Behaviour.reply("354 Go on"));
    server.on(Step.END_OF_DATA, Behaviour.reply("554 5.5.1 No"), Behaviour.normal());
    assertEquals(Stage.RCPT, assertInstanceOf(Refused.class, attempt()).stage());
    assertInstanceOf(Answered.class, attempt());
    assertEquals(1, server.sessions().size());
    assertEquals(1, server.messages().size());
  }

  @Test
  void tooManyRecipients_areForTheNextTransaction() throws Exception {
    server.on(
        Step.RCPT,
        Behaviour.replyTo(
            a ->
                switch (a.charAt(0)) {
                  case 'b' -> "452 4.5.3 Too many";
                  case 'c' -> "552 Too many";
                  case 'd' -> "452 4.2.2 Mailbox full";
                  default -> "";
                }));
    Map<String, RecipientResult> results =
        TransportContract.results(
            transport.attempt(
                Transactions.to(
                        server.route(), "a@y.example", "b@y.example", "c@y.example", "d@y.example")
                    .plain()));
    assertInstanceOf(Answered.class, results.get("a@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("b@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("c@y.example"));
    assertInstanceOf(Refused.class, results.get("d@y.example"));
  }

  @Test
  void recipientAnswered251_isRelayedTo() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("251 2.1.5 Will forward"));
    server.on(Step.END_OF_DATA, Behaviour.reply("259 Taken"));
    assertInstanceOf(Answered.class, attempt());
    assertEquals(1, server.messages().size());
  }

  @Test
  void thousandRecipients_eachHaveTheirAnswer() throws Exception {
    server.on(Step.RCPT, Behaviour.replyTo(a -> a.contains("7") ? "550 5.1.1 Who?" : ""));
    String[] all =
        IntStream.range(0, 1000).mapToObj(i -> "r" + i + "@y.example").toArray(String[]::new);
    Map<String, RecipientResult> results =
        TransportContract.results(transport.attempt(Transactions.to(server.route(), all).plain()));
    assertEquals(1000, results.size());
    results.forEach((r, one) -> assertEquals(r.contains("7"), one instanceof Refused, r));
    results.forEach((r, one) -> assertEquals(!r.contains("7"), one instanceof Answered, r));
    assertEquals(729, server.messages().get(0).addresses().size());
  }
}
