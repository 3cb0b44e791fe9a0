package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTransport.Pipelining;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.testkit.Turn;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/** Pipelining across messages: the second envelope goes out behind the first message. */
@Timeout(60)
class ConvoyTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport =
      SmtpTransport.builder().helo("me.example").pipelining(Pipelining.ACROSS_MESSAGES).build();
  private final CountDownLatch firstIsOut = new CountDownLatch(1);
  private final CountDownLatch secondIsBehind = new CountDownLatch(1);
  private final CompletableFuture<Thread> first = new CompletableFuture<>();
  private final CompletableFuture<Thread> second = new CompletableFuture<>();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  /** At the first final dot: waits until the second is behind, and then does that. */
  private void atTheFirstDot(Behaviour then) {
    Behaviour wait =
        turn -> {
          firstIsOut.countDown();
          assertTrue(secondIsBehind.await(30, TimeUnit.SECONDS));
        };
    server.on(Step.END_OF_DATA, wait.then(then), Behaviour.normal());
  }

  private CompletableFuture<AttemptResult> start(
      Transaction transaction, CompletableFuture<Thread> by) {
    CompletableFuture<AttemptResult> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                by.complete(Thread.currentThread());
                result.complete(transport.attempt(transaction));
              } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private Transaction to(String recipient, Route route) {
    return Transactions.to(route, recipient).message("Subject: " + recipient + "\r\n").plain();
  }

  /** Sends both, the second when the first is out, and lets the server go on when it waits. */
  private List<CompletableFuture<AttemptResult>> sendBoth() throws Exception {
    return sendBoth(to("one@y.example", server.route()), to("two@y.example", server.route()));
  }

  private List<CompletableFuture<AttemptResult>> sendBoth(Transaction before, Transaction then)
      throws Exception {
    CompletableFuture<AttemptResult> one = start(before, first);
    awaitFirst();
    CompletableFuture<AttemptResult> two = start(then, second);
    await(second, ConvoyTest::isBehind);
    secondIsBehind.countDown();
    return List.of(one, two);
  }

  /** Until the first message has gone out, and its thread waits for the reply. */
  private void awaitFirst() throws Exception {
    assertTrue(firstIsOut.await(30, TimeUnit.SECONDS));
    await(first, thread -> isIn(thread, BodySender.class) && isIn(thread, ReplyReader.class));
  }

  private static void await(CompletableFuture<Thread> started, Predicate<Thread> until)
      throws Exception {
    Thread thread = started.get(30, TimeUnit.SECONDS);
    while (thread.isAlive() && !until.test(thread)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isBehind(Thread thread) {
    return thread.getState() == Thread.State.WAITING && isIn(thread, Convoy.Place.class);
  }

  private static boolean isIn(Thread thread, Class<?> code) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(code.getName()));
  }

  private static AttemptResult result(CompletableFuture<AttemptResult> of) throws Exception {
    return of.get(30, TimeUnit.SECONDS);
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  @Test
  void secondEnvelope_goesOutBeforeTheFirstMessageIsAnswered() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<List<String>> heard = new CompletableFuture<>();
      Thread patient = new Thread(() -> heard.complete(answerLate(listener)));
      patient.setDaemon(true);
      patient.start();
      Route route =
          new Route(
              "mx.y.example",
              10,
              (InetSocketAddress) listener.getLocalSocketAddress(),
              Route.Origin.STATIC);
      CompletableFuture<AttemptResult> one = start(to("one@y.example", route), first);
      awaitFirst();
      CompletableFuture<AttemptResult> two = start(to("two@y.example", route), second);
      assertInstanceOf(Answered.class, only(result(one)));
      assertInstanceOf(Answered.class, only(result(two)));
      assertEquals(
          List.of("RSET", "MAIL FROM:<sender@shop.example>", "RCPT TO:<two@y.example>", "DATA"),
          heard.get(30, TimeUnit.SECONDS));
    }
  }

  /** Answers the first message only when the envelope of the second has come. */
  private List<String> answerLate(ServerSocket listener) {
    try (Socket client = listener.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = client.getOutputStream();
      say(out, "220 mx");
      in.readLine();
      say(out, "250-mx\r\n250 PIPELINING");
      read(in, 3);
      say(out, "250 ok\r\n250 ok\r\n354 go");
      readToDot(in);
      firstIsOut.countDown();
      List<String> behind = read(in, 4);
      say(out, "250 taken\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go");
      readToDot(in);
      say(out, "250 taken too");
      return behind;
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> read(BufferedReader in, int lines) throws IOException {
    String[] read = new String[lines];
    for (int i = 0; i < lines; i++) {
      read[i] = in.readLine();
    }
    return List.of(read);
  }

  private static void readToDot(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      line = in.readLine();
    }
  }

  @Test
  void bothMessages_arriveWholeOverOneConnection() throws Exception {
    atTheFirstDot(Turn::normal);
    for (CompletableFuture<AttemptResult> each : sendBoth()) {
      assertInstanceOf(Answered.class, only(result(each)));
      assertEquals(LastByte.SENT, result(each).session().lastByte());
    }
    assertEquals(1, server.sessions().size());
    assertEquals(
        List.of("Subject: one@y.example\r\n", "Subject: two@y.example\r\n"),
        server.messages().stream().map(ReceivedMessage::text).toList());
    // And the connection is there for a third.
    assertInstanceOf(Answered.class, only(transport.attempt(to("c@y.example", server.route()))));
    assertEquals(1, server.sessions().size());
  }

  @Test
  void underTls_theSameHolds() throws Exception {
    server.offer("STARTTLS");
    atTheFirstDot(Turn::normal);
    Transaction encrypted =
        Transactions.to(server.route(), "one@y.example").with(TlsDemand.OPPORTUNISTIC);
    for (CompletableFuture<AttemptResult> each : sendBoth(encrypted, encrypted)) {
      assertInstanceOf(Answered.class, only(result(each)));
      assertTrue(result(each).session().tls().isPresent());
    }
    assertEquals(1, server.sessions().size());
  }

  @Test
  void manyAtOnce_eachArrivesOnceWithItsOwnEnvelope() throws Exception {
    List<CompletableFuture<AttemptResult>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(start(to("r" + i + "@y.example", server.route()), new CompletableFuture<>()));
    }
    for (CompletableFuture<AttemptResult> each : all) {
      assertInstanceOf(Answered.class, only(result(each)));
    }
    assertEquals(100, server.messages().size());
    server
        .messages()
        .forEach(m -> assertEquals("Subject: " + m.addresses().get(0) + "\r\n", m.text()));
    assertEquals(
        100, server.messages().stream().map(ReceivedMessage::addresses).distinct().count());
  }

  @Test
  void firstMessageRefused_isNothingToTheSecond() throws Exception {
    atTheFirstDot(Behaviour.reply("554 5.6.0 No"));
    List<CompletableFuture<AttemptResult>> both = sendBoth();
    assertInstanceOf(Refused.class, only(result(both.get(0))));
    assertInstanceOf(Answered.class, only(result(both.get(1))));
    assertEquals(1, server.sessions().size());
    assertEquals(List.of("two@y.example"), server.messages().get(0).addresses());
  }

  @Test
  void firstMessageLost_isUncertainAloneAndTheSecondGoesOverANewConnection() throws Exception {
    atTheFirstDot(Behaviour.drop());
    List<CompletableFuture<AttemptResult>> both = sendBoth();
    assertInstanceOf(Broken.class, only(result(both.get(0))));
    assertEquals(LastByte.SENT, result(both.get(0)).session().lastByte());
    assertInstanceOf(Answered.class, only(result(both.get(1))));
    assertEquals(2, server.sessions().size());
    assertEquals(1, server.messages().size());
  }

  @Test
  void peerThatClosesAfterTheFirst_costsTheSecondANewConnection() throws Exception {
    atTheFirstDot(Behaviour.reply("421 4.3.2 Closing").then(Behaviour.drop()));
    List<CompletableFuture<AttemptResult>> both = sendBoth();
    assertEquals(421, assertInstanceOf(Refused.class, only(result(both.get(0)))).reply().code());
    assertInstanceOf(Answered.class, only(result(both.get(1))));
    assertEquals(2, server.sessions().size());
  }

  @Test
  void secondThatIsInterruptedWhileItWaits_leavesTheFirstAlone() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    atTheFirstDot(
        turn -> {
          gone.await();
          turn.normal();
        });
    List<CompletableFuture<AttemptResult>> both = sendBoth();
    second.get().interrupt();
    assertInstanceOf(
        InterruptedException.class, both.get(1).handle((r, e) -> e).get(30, TimeUnit.SECONDS));
    gone.countDown();
    assertInstanceOf(Answered.class, only(result(both.get(0))));
    // What the second had said is still on its way there: nobody else may use that connection.
    assertInstanceOf(Answered.class, only(transport.attempt(to("c@y.example", server.route()))));
    assertEquals(2, server.sessions().size());
    assertEquals(
        List.of("one@y.example", "c@y.example"),
        server.messages().stream().map(m -> m.addresses().get(0)).toList());
  }

  @Test
  void secondThatCannotBeSaidThere_getsItsOwnAnswer() throws Exception {
    server.withdraw("SMTPUTF8");
    atTheFirstDot(Turn::normal);
    Transaction odd =
        Transactions.to(server.route(), "b@y.example")
            .envelope(Envelope.from("\u00e4@x.example").to("b@y.example"))
            .plain();
    List<CompletableFuture<AttemptResult>> both =
        sendBoth(to("one@y.example", server.route()), odd);
    assertInstanceOf(Answered.class, only(result(both.get(0))));
    assertInstanceOf(RecipientResult.Lacking.class, only(result(both.get(1))));
  }

  @Test
  void byDefault_theSecondHasAConnectionOfItsOwn() throws Exception {
    atTheFirstDot(Turn::normal);
    try (SmtpTransport usual = SmtpTransport.builder().helo("me.example").build()) {
      CompletableFuture<RecipientResult> one = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  one.complete(only(usual.attempt(to("one@y.example", server.route()))));
                } catch (InterruptedException e) {
                  one.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      assertTrue(firstIsOut.await(30, TimeUnit.SECONDS));
      assertInstanceOf(Answered.class, only(usual.attempt(to("two@y.example", server.route()))));
      assertFalse(one.isDone());
      secondIsBehind.countDown();
      assertInstanceOf(Answered.class, one.get(30, TimeUnit.SECONDS));
    }
    assertEquals(2, server.sessions().size());
  }
}
