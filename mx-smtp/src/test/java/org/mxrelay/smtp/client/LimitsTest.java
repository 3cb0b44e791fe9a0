package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Behaviour;
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
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

/** RFC 9422. */
class LimitsTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private AttemptResult attempt(String... recipients) throws InterruptedException {
    return transport.attempt(Transactions.to(server.route(), recipients).plain());
  }

  private Map<String, RecipientResult> results(String... recipients) throws InterruptedException {
    return TransportContract.results(attempt(recipients));
  }

  @Test
  void recipientsBeyondRcptmax_areForTheNextTransactionOnTheSameConnection() throws Exception {
    server.offer("LIMITS RCPTMAX=2 MAILMAX=100");
    Map<String, RecipientResult> results = results("a@y.example", "b@y.example", "c@y.example");
    assertInstanceOf(Answered.class, results.get("a@y.example"));
    assertInstanceOf(Answered.class, results.get("b@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("c@y.example"));
    assertInstanceOf(Answered.class, results("c@y.example").get("c@y.example"));
    assertEquals(1, server.sessions().size());
    assertEquals(List.of("a@y.example", "b@y.example"), server.messages().get(0).addresses());
  }

  @Test
  void recipientsOfADomainTooMany_areForTheNextTransaction() throws Exception {
    server.offer("LIMITS RCPTDOMAINMAX=1");
    Map<String, RecipientResult> results = results("a@y.example", "b@z.example", "c@y.example");
    assertInstanceOf(Answered.class, results.get("a@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("b@z.example"));
    assertInstanceOf(Answered.class, results.get("c@y.example"));
  }

  @Test
  void mailmax_endsTheConnectionThatHadSoMany() throws Exception {
    server.offer("LIMITS MAILMAX=2");
    for (int i = 0; i < 5; i++) {
      attempt("a@y.example");
    }
    assertEquals(List.of(1, 1, 2, 2, 3), server.messages().stream().map(m -> m.session()).toList());
  }

  @Test
  void refusedMail_isTheAnswerOfThoseTooWhoWereToWait() throws Exception {
    server.offer("LIMITS RCPTMAX=1").on(Step.MAIL, Behaviour.reply("550 5.7.1 Go away"));
    Map<String, RecipientResult> results = results("a@y.example", "b@y.example");
    assertInstanceOf(Refused.class, results.get("a@y.example"));
    assertInstanceOf(Refused.class, results.get("b@y.example"));
  }

  @Test
  void connectionLostBeforeTheMessage_isLostForThoseTooWhoWereToWait() throws Exception {
    server.offer("LIMITS RCPTMAX=1").on(Step.RCPT, Behaviour.drop());
    Map<String, RecipientResult> results = results("a@y.example", "b@y.example");
    assertInstanceOf(Broken.class, results.get("b@y.example"));
  }

  @Test
  void uncertainMessage_isNotUncertainForWhoWasToWait() throws Exception {
    server.offer("LIMITS RCPTMAX=1").on(Step.END_OF_DATA, Behaviour.drop());
    AttemptResult result = attempt("a@y.example", "b@y.example");
    Map<String, RecipientResult> results = TransportContract.results(result);
    assertEquals(LastByte.SENT, result.session().lastByte());
    assertInstanceOf(Broken.class, results.get("a@y.example"));
    assertInstanceOf(NextTransaction.class, results.get("b@y.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "RCPTMAX=20 MAILMAX=5 RCPTDOMAINMAX=1, 5, 20, 1",
    "rcptmax=20, -1, 20, -1",
    "'', -1, -1, -1",
    "RCPTMAX=0 MAILMAX=, -1, -1, -1",
    "RCPTMAX=007 MAILMAX=-5, -1, -1, -1",
    "RCPTMAX=1234567 X=1, -1, -1, -1",
    "MAILMAX=3 MAILMAX=4, 3, -1, -1",
  })
  void words_areLimitsOnlyIfTheyMakeSense(String words, int mail, int rcpt, int domains) {
    assertEquals(
        new TransactionLimits(limit(mail), limit(rcpt), limit(domains)),
        TransactionLimits.parse(words));
  }

  @Test
  void atLeastOneRecipient_isInEachTransaction() {
    List<Recipient> all =
        Arrays.stream(new String[] {"a@x.example", "b@y.example"}).map(Recipient::of).toList();
    TransactionLimits tight = TransactionLimits.parse("RCPTMAX=1 RCPTDOMAINMAX=1");
    assertEquals(all.subList(0, 1), tight.first(all));
    assertEquals(all.subList(1, 2), tight.first(all.subList(1, 2)));
  }

  private static OptionalInt limit(int value) {
    return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
