package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.Transport;

/** Whose an answer is: each recipient has his own, and none is taken for another's (G8). */
public interface SmtpAnswersContract extends TransportFixture {

  @Test
  default void answers_areEachRecipientsOwn() throws Exception {
    Map<String, RecipientResult> results =
        resultsOf(
            Step.RCPT,
            Behaviour.replyTo(
                a ->
                    switch (a.charAt(0)) {
                      case 'b' -> "550 5.1.1 Who?";
                      case 'c' -> "450 4.2.0 Busy";
                      case 'd' -> "252 2.1.5 Cannot verify";
                      default -> "";
                    }),
            "a@y.example",
            "b@y.example",
            "c@y.example",
            "d@y.example");
    assertInstanceOf(Answered.class, results.get("a@y.example"));
    assertRefused(Stage.RCPT, 550, results.get("b@y.example"));
    assertRefused(Stage.RCPT, 450, results.get("c@y.example"));
    assertInstanceOf(Answered.class, results.get("d@y.example"));
  }

  @Test
  default void refusalOfTheMessage_isForTheAcceptedAlone() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open()) {
      server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("bob") ? "450 4.2.0 Busy" : ""));
      server.on(Step.END_OF_DATA, Behaviour.reply("554 5.7.1 Spam"));
      Map<String, RecipientResult> results =
          TransportContract.results(
              transport.attempt(
                  Transactions.to(server.route(), "ann@y.example", "bob@y.example").plain()));
      assertRefused(Stage.END_OF_DATA, 554, results.get("ann@y.example"));
      assertRefused(Stage.RCPT, 450, results.get("bob@y.example"));
    }
  }

  @Test
  default void refusal_keepsItsStageCodeStatusAndWords() throws Exception {
    Map<Step, Stage> stages =
        Map.of(
            Step.GREETING, Stage.GREETING,
            Step.MAIL, Stage.MAIL,
            Step.DATA, Stage.DATA,
            Step.END_OF_DATA, Stage.END_OF_DATA);
    for (Map.Entry<Step, Stage> each : stages.entrySet()) {
      RecipientResult result =
          resultsOf(
                  each.getKey(),
                  Behaviour.reply("554-5.7.1 Not from here,", "554 5.7.1 see https://x.example/"),
                  "ann@y.example")
              .get("ann@y.example");
      assertRefused(each.getValue(), 554, result);
      Reply reply = ((Refused) result).reply();
      assertEquals("5.7.1", reply.status().orElseThrow().toString());
      assertEquals("5.7.1 Not from here, see https://x.example/", reply.text());
    }
  }

  @Test
  default void tooManyRecipients_areForTheNextTransaction() throws Exception {
    Map<String, RecipientResult> results =
        resultsOf(
            Step.RCPT,
            Behaviour.replyTo(
                a ->
                    switch (a.charAt(0)) {
                      case 'b' -> "452 4.5.3 Too many";
                      case 'c' -> "452 4.2.2 Mailbox full";
                      default -> "";
                    }),
            "a@y.example",
            "b@y.example",
            "c@y.example");
    assertInstanceOf(Answered.class, results.get("a@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("b@y.example"));
    assertRefused(Stage.RCPT, 452, results.get("c@y.example"));
  }

  @Test
  default void tooManyForTheFirst_isARefusal() throws Exception {
    assertRefused(
        Stage.RCPT,
        452,
        resultsOf(Step.RCPT, Behaviour.reply("452 4.5.3 Too many"), "a@y.example")
            .get("a@y.example"));
  }

  @Test
  default void sessionEndedBy421_tellsTheOthersWhyAndKeepsEarlierAnswers() throws Exception {
    Map<String, RecipientResult> results =
        resultsOf(
            Step.RCPT,
            turn -> {
              if (turn.address().startsWith("a")) {
                turn.reply("550 5.1.1 Who?");
              } else if (turn.address().startsWith("b")) {
                turn.normal();
              } else {
                turn.reply("421 4.3.2 Going down");
                turn.hangUp();
              }
            },
            "a@y.example",
            "b@y.example",
            "c@y.example",
            "d@y.example");
    assertRefused(Stage.RCPT, 550, results.get("a@y.example"));
    for (String other : List.of("b@y.example", "c@y.example", "d@y.example")) {
      assertRefused(Stage.RCPT, 421, results.get(other));
    }
  }

  @Test
  default void malformedReply_isNoAnswer() throws Exception {
    for (String garbage : List.of("hello\r\n", "999 2.0.0 Fine\r\n", "250-a\r\n550 b\r\n")) {
      Broken broken =
          assertInstanceOf(
              Broken.class,
              resultsOf(Step.MAIL, Behaviour.raw(garbage), "a@y.example").get("a@y.example"),
              garbage);
      assertEquals(Stage.MAIL, broken.stage(), garbage);
    }
  }

  @Test
  default void oldServer_isGreetedWithHelo() throws Exception {
    assertInstanceOf(
        Answered.class,
        resultsOf(Step.EHLO, Behaviour.reply("502 5.5.1 What?"), "a@y.example").get("a@y.example"));
  }

  /** What came of an attempt at a server that does this at that step. */
  private Map<String, RecipientResult> resultsOf(
      Step step, Behaviour behaviour, String... recipients) throws InterruptedException {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Transport transport = open()) {
      server.on(step, behaviour);
      Map<String, RecipientResult> results =
          TransportContract.results(
              transport.attempt(Transactions.to(server.route(), recipients).plain()));
      assertEquals(recipients.length, results.size());
      boolean answered = results.values().stream().anyMatch(Answered.class::isInstance);
      assertTrue(server.messages().size() == (answered ? 1 : 0), results.toString());
      return results;
    }
  }

  private static void assertRefused(Stage stage, int code, RecipientResult result) {
    Refused refused = assertInstanceOf(Refused.class, result);
    assertEquals(stage, refused.stage());
    assertEquals(code, refused.reply().code());
  }
}
