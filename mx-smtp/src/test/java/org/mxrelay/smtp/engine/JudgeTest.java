package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

class JudgeTest {

  private static final Route ROUTE =
      new FakeRouter()
          .to("example.org", "10 mx1")
          .route(Destination.parse("example.org"))
          .routes()
          .get(0);

  private final Judge judge = new Judge(ReplyClassifier.standard());

  @ParameterizedTest
  @CsvSource({
    // stage, code, text, verdict, answer
    "RCPT, 550, 5.1.1 no such user, PERMANENT, REFUSED",
    "RCPT, 450, 4.2.0 not now, TRANSIENT, REPLIED",
    "MAIL, 421, 4.3.2 going down, TRANSIENT, CLOSING",
    "RCPT, 451, '', TRANSIENT, CLOSING",
    "GREETING, 554, no service, TRANSIENT, REFUSED",
    "EHLO, 550, go away, TRANSIENT, REFUSED",
    "END_OF_DATA, 250, what for, TRANSIENT, REPLIED",
    "DATA, 354, once more, TRANSIENT, REPLIED",
  })
  void refusal_isJudged(Stage stage, int code, String text, Verdict verdict, Answer answer) {
    Heard heard = hear(new RecipientResult.Refused(stage, Reply.of(code, text)), LastByte.SENT);

    assertEquals(verdict, heard.judgement().verdict());
    assertEquals(answer, heard.answer());
    assertEquals(Optional.of(stage), heard.diagnostic().stage());
    assertEquals("mx1", heard.diagnostic().exchange());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void brokenBeforeTheLastByte_isLost(Stage stage) {
    Heard heard = hear(new RecipientResult.Broken(stage, "reset"), LastByte.NOT_SENT);

    assertEquals(Answer.LOST, heard.answer());
    assertEquals(Verdict.TRANSIENT, heard.judgement().verdict());
    assertEquals(Heard.Pace.SCHEDULE, heard.pace());
  }

  @Test
  void peerThatIsOurselves_isALoopAndANetworkMatter() {
    RecipientResult loop =
        new RecipientResult.Broken(
            Stage.GREETING, "our own name", Optional.of(EnhancedStatusCode.of("4.4.6")));

    Heard heard = hear(loop, LastByte.NOT_SENT);

    assertEquals("4.4.6", heard.judgement().status().toString());
    assertEquals("4.4.6", heard.diagnostic().status().toString());
    assertEquals(Category.NETWORK, heard.judgement().category());
    assertEquals(Answer.LOST, heard.answer());
    assertEquals("our own name", heard.diagnostic().why());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void g6_brokenAfterTheLastByte_isUncertainEvenIfMailIsUnanswered(Stage stage) {
    Heard heard = hear(new RecipientResult.Broken(stage, "reset"), LastByte.SENT);

    assertEquals(Answer.UNCERTAIN, heard.answer());
    assertEquals(Verdict.TRANSIENT, heard.judgement().verdict());
    assertEquals(Heard.Pace.PATIENCE, heard.pace());
    assertTrue(heard.mustBeStored());
  }

  @ParameterizedTest
  @CsvSource({
    "5.3.4, PERMANENT, MESSAGE_TOO_LARGE",
    "5.6.7, PERMANENT, MESSAGE_FORMAT",
    "5.7.30, PERMANENT, AUTH_OR_TLS",
    "4.6.7, TRANSIENT, MESSAGE_FORMAT",
    "5.5.4, PERMANENT, OTHER",
  })
  void lack_isJudgedByItsStatusAndHasNoReply(String status, Verdict verdict, Category category) {
    Heard heard =
        hear(
            new RecipientResult.Lacking(Stage.MAIL, EnhancedStatusCode.of(status), "no SMTPUTF8"),
            LastByte.NOT_SENT);

    assertEquals(verdict, heard.judgement().verdict());
    assertEquals(category, heard.judgement().category());
    assertEquals(Answer.LACKING, heard.answer());
    assertEquals("", heard.diagnostic().reply());
    assertEquals("no SMTPUTF8", heard.diagnostic().why());
    assertEquals(status, heard.diagnostic().status().toString());
  }

  @Test
  void answer_isRelayedWhateverTheClassifierSays() {
    Judge wrong =
        new Judge(
            (reply, at) ->
                org.mxrelay.reply.Judgement.permanent(org.mxrelay.reply.Category.POLICY, "mine"));

    Heard heard =
        wrong.hear(
            ROUTE, facts(LastByte.SENT), new RecipientResult.Answered(Reply.of(250, "2.0.0 ok")));

    assertEquals(Verdict.RELAYED, heard.judgement().verdict());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void missingRoute_keepsTheRoutersStatus(Reason reason) {
    FakeRouter router = new FakeRouter().fails("example.org", reason, "5.4.4");

    Heard heard =
        Judge.of(
            (org.mxrelay.routing.RouteDecision.Fail)
                router.route(Destination.parse("example.org")));

    assertEquals("5.4.4", heard.diagnostic().status().toString());
    assertEquals("as scripted", heard.diagnostic().why());
    assertEquals(Optional.empty(), heard.diagnostic().stage());
  }

  private Heard hear(RecipientResult result, LastByte lastByte) {
    return judge.hear(ROUTE, facts(lastByte), result);
  }

  private static SessionFacts facts(LastByte lastByte) {
    return new SessionFacts(ROUTE.address(), Optional.empty(), Set.of(), lastByte);
  }
}
