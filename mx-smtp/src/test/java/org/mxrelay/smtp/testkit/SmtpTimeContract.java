package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/**
 * Every stage has a total time. The server here never ends what it does, so that a test ends by the
 * transport's own deadline or not at all.
 */
public interface SmtpTimeContract extends TransportFixture {

  /** Long enough for any stage that is not under test, on any machine. */
  Duration PATIENT = Duration.ofSeconds(100);

  Duration SHORT = Duration.ofMillis(150);

  @Test
  default void silence_endsTheStage() throws Exception {
    Map<Step, Stage> stages =
        Map.of(
            Step.GREETING, Stage.GREETING,
            Step.EHLO, Stage.EHLO,
            Step.MAIL, Stage.MAIL,
            Step.RCPT, Stage.RCPT,
            Step.DATA, Stage.DATA,
            Step.END_OF_DATA, Stage.END_OF_DATA);
    for (Map.Entry<Step, Stage> each : stages.entrySet()) {
      assertEnds(each.getKey(), each.getValue(), Behaviour.silence());
    }
  }

  @Test
  default void dripping_doesNotProlongTheStage() throws Exception {
    // 40 seconds for the whole reply, a byte every 40 ms.
    Behaviour drip = Behaviour.drip(Duration.ofMillis(40), "250 " + "x".repeat(1_000));
    assertEnds(Step.MAIL, Stage.MAIL, drip);
    assertEnds(Step.END_OF_DATA, Stage.END_OF_DATA, drip);
  }

  @Test
  default void messageThatNobodyReads_endsTheStage() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open(shortAt(Stage.BODY), SSLContext.getDefault())) {
      server.onBody(1, Behaviour.stall());
      Transaction small = Transactions.to(server.route(), "ann@y.example").plain();
      AttemptResult result =
          transport.attempt(
              new Transaction(
                  small.route(),
                  small.tls(),
                  small.envelope(),
                  endless(),
                  small.facts(),
                  small.gate()));
      assertEquals(Stage.BODY, broken(result).stage());
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    }
  }

  @Test
  default void manyStagesEachInTime_endWithTheTimeOfTheWhole() throws Exception {
    SmtpTimeouts all = SmtpTimeouts.RFC5321.scaled(10);
    SmtpTimeouts brief =
        new SmtpTimeouts(
            all.connect(),
            all.greeting(),
            all.ehlo(),
            all.startTls(),
            all.handshake(),
            all.mail(),
            all.rcpt(),
            all.data(),
            all.block(),
            all.endOfData(),
            Duration.ofSeconds(2));
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open(brief, SSLContext.getDefault())) {
      // 20 seconds for all of them, 20 ms for each.
      server.on(Step.RCPT, Behaviour.normal().after(Duration.ofMillis(20)));
      String[] many =
          IntStream.range(0, 1_000).mapToObj(i -> "r" + i + "@y.example").toArray(String[]::new);
      AttemptResult result = transport.attempt(Transactions.to(server.route(), many).plain());
      Broken broken = broken(result);
      assertEquals(Stage.RCPT, broken.stage());
      assertTrue(broken.cause().contains("2.0 s"), broken.cause());
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
      assertEquals(List.of(), server.messages());
    }
  }

  private void assertEnds(Step step, Stage stage, Behaviour endless)
      throws InterruptedException, NoSuchAlgorithmException {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open(shortAt(stage), SSLContext.getDefault())) {
      server.on(step, endless);
      AttemptResult result =
          transport.attempt(Transactions.to(server.route(), "ann@y.example").plain());
      assertEquals(stage, broken(result).stage());
      assertEquals(
          stage == Stage.END_OF_DATA ? LastByte.SENT : LastByte.NOT_SENT,
          result.session().lastByte());
    }
  }

  private static Broken broken(AttemptResult result) {
    return assertInstanceOf(Broken.class, result.results().values().iterator().next());
  }

  private static SmtpTimeouts shortAt(Stage stage) {
    return new SmtpTimeouts(
        PATIENT,
        at(Stage.GREETING, stage),
        at(Stage.EHLO, stage),
        PATIENT,
        PATIENT,
        at(Stage.MAIL, stage),
        at(Stage.RCPT, stage),
        at(Stage.DATA, stage),
        at(Stage.BODY, stage),
        at(Stage.END_OF_DATA, stage));
  }

  private static Duration at(Stage one, Stage tested) {
    return one == tested ? SHORT : PATIENT;
  }

  private static MessageSource endless() {
    return () ->
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + length, (byte) 'x');
            return length;
          }
        };
  }
}
