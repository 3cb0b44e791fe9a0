package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.testkit.TransportContract;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

class OutOfStepTest {

  private static final Behaviour BAD = Behaviour.reply("503 5.5.1 Bad sequence of commands");

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"MAIL", "RCPT", "DATA"})
  void oneOutOfStepSession_costsOneNewConnection(Step step) throws Exception {
    server.on(step, BAD, Behaviour.normal());

    assertInstanceOf(Answered.class, attempt("ann@y.example").get("ann@y.example"));
    assertEquals(2, server.sessions().size());
    assertEquals(1, server.messages().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHUNKING", "X-NOTHING"})
  void reusedConnectionOutOfStep_isReplaced(String offered) throws Exception {
    server.offer(offered);
    attempt("ann@y.example");
    server.on(Step.MAIL, BAD, Behaviour.normal());

    assertInstanceOf(Answered.class, attempt("ann@y.example").get("ann@y.example"));
    assertEquals(2, server.sessions().size());
    assertEquals(2, server.messages().size());
  }

  @Test
  void outOfStepTwice_isBelieved() throws Exception {
    server.on(Step.MAIL, BAD);

    Refused refused =
        assertInstanceOf(Refused.class, attempt("ann@y.example").get("ann@y.example"));

    assertEquals(Stage.MAIL, refused.stage());
    assertEquals(503, refused.reply().code());
    assertEquals(2, server.sessions().size());
  }

  @Test
  void outOfStepForOneOfTwo_keepsTheOthersAnswer() throws Exception {
    server.on(
        Step.RCPT,
        Behaviour.reply("550 5.1.1 No such user"),
        BAD,
        Behaviour.replyTo(a -> a.startsWith("bob") ? "" : "250 2.1.5 Never asked again"));

    Map<String, RecipientResult> results = attempt("ann@y.example", "bob@y.example");

    assertEquals(550, assertInstanceOf(Refused.class, results.get("ann@y.example")).reply().code());
    assertInstanceOf(Answered.class, results.get("bob@y.example"));
    assertEquals(List.of("bob@y.example"), server.messages().get(0).addresses());
  }

  @Test
  void messageTakenForAnother_isNotSentAgain() throws Exception {
    server.on(Step.RCPT, Behaviour.normal(), BAD);

    Map<String, RecipientResult> results = attempt("ann@y.example", "bob@y.example");

    assertInstanceOf(Answered.class, results.get("ann@y.example"));
    assertInstanceOf(Refused.class, results.get("bob@y.example"));
    assertEquals(1, server.sessions().size());
  }

  private Map<String, RecipientResult> attempt(String... to) throws InterruptedException {
    AttemptResult result = transport.attempt(Transactions.to(server.route(), to).plain());
    return TransportContract.results(result);
  }
}
