package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transport;

/** What is known of a message when the session was lost: surely not taken, or perhaps. */
public interface SmtpLossContract extends TransportFixture {

  @Test
  default void refusedConnection_isBrokenAtConnect() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open()) {
      server.stop();
      assertEquals(Stage.CONNECT, notTaken(transport, server).stage());
    }
  }

  @Test
  default void lossBeforeTheLastByte_isNoAnswerAndNotUncertain() throws Exception {
    Map<Step, Stage> stages =
        Map.of(
            Step.GREETING, Stage.GREETING,
            Step.EHLO, Stage.EHLO,
            Step.MAIL, Stage.MAIL,
            Step.RCPT, Stage.RCPT,
            Step.DATA, Stage.DATA);
    for (Map.Entry<Step, Stage> each : stages.entrySet()) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
          Transport transport = open()) {
        server.on(each.getKey(), Behaviour.drop());
        assertEquals(each.getValue(), notTaken(transport, server).stage());
      }
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
          Transport transport = open()) {
        server.on(each.getKey(), Behaviour.reset());
        // A reset overtakes what was said before it: the session may seem to have ended earlier.
        Stage stage = notTaken(transport, server).stage();
        assertTrue(stage.compareTo(each.getValue()) <= 0, each + " " + stage);
      }
    }
  }

  @Test
  default void lossAfterTheLastByte_isUncertain() throws Exception {
    for (Behaviour loss : List.of(Behaviour.takeAndDrop(), Behaviour.drop(), Behaviour.reset())) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
          Transport transport = open()) {
        server.on(Step.END_OF_DATA, loss);
        AttemptResult result =
            transport.attempt(Transactions.to(server.route(), "ann@y.example").plain());
        assertInstanceOf(Broken.class, only(result));
        assertEquals(LastByte.SENT, result.session().lastByte());
      }
    }
  }

  @Test
  default void loss_leavesEarlierRefusalsAsTheyAre() throws Exception {
    for (Step step : List.of(Step.DATA, Step.END_OF_DATA)) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
          Transport transport = open()) {
        server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("a") ? "550 5.1.1 Who?" : ""));
        server.on(step, Behaviour.drop());
        Map<String, RecipientResult> results =
            TransportContract.results(
                transport.attempt(
                    Transactions.to(server.route(), "a@y.example", "b@y.example").plain()));
        Refused refused = assertInstanceOf(Refused.class, results.get("a@y.example"));
        assertEquals(550, refused.reply().code());
        assertInstanceOf(Broken.class, results.get("b@y.example"));
      }
    }
  }

  @Test
  default void g9_endlessReply_endsTheSession() throws Exception {
    for (String again : List.of("x", "250-more\r\n")) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
          Transport transport = open()) {
        server.on(Step.MAIL, Behaviour.endless(again));
        assertEquals(Stage.MAIL, notTaken(transport, server).stage());
      }
    }
  }

  @Test
  default void interruptBeforeTheLastByte_endsTheAttempt() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open()) {
      CountDownLatch reached = new CountDownLatch(1);
      server.on(
          Step.MAIL,
          turn -> {
            reached.countDown();
            turn.readToEnd();
          });
      FutureTask<AttemptResult> attempt =
          new FutureTask<>(
              () -> transport.attempt(Transactions.to(server.route(), "ann@y.example").plain()));
      Thread thread = new Thread(attempt, "attempt");
      thread.start();
      assertTrue(reached.await(60, TimeUnit.SECONDS));
      thread.interrupt();
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> attempt.get(60, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedException.class, e.getCause());
    }
  }

  @Test
  default void interruptAfterTheLastByte_waitsForTheAnswerAndStays() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open()) {
      CountDownLatch atDot = new CountDownLatch(1);
      CountDownLatch interrupted = new CountDownLatch(1);
      server.on(
          Step.END_OF_DATA,
          turn -> {
            atDot.countDown();
            interrupted.await();
            turn.normal();
          });
      FutureTask<Boolean> attempt =
          new FutureTask<>(
              () -> {
                assertInstanceOf(
                    Answered.class,
                    only(
                        transport.attempt(
                            Transactions.to(server.route(), "ann@y.example").plain())));
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(attempt, "attempt");
      thread.start();
      assertTrue(atDot.await(60, TimeUnit.SECONDS));
      thread.interrupt();
      interrupted.countDown();
      assertTrue(attempt.get(60, TimeUnit.SECONDS), "the interrupt was swallowed");
    }
  }

  private static Broken notTaken(Transport transport, ScriptedSmtpServer server)
      throws InterruptedException {
    AttemptResult result =
        transport.attempt(Transactions.to(server.route(), "ann@y.example").plain());
    assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    assertEquals(List.of(), server.messages());
    return assertInstanceOf(Broken.class, only(result));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
