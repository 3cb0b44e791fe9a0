package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

class EchoTest {

  private static final Route ROUTE =
      new Route(
          "mx1", 10, new InetSocketAddress(InetAddress.getLoopbackAddress(), 25), Route.Origin.MX);
  private static final Judge JUDGE = new Judge(ReplyClassifier.standard());

  @ParameterizedTest
  @CsvSource({
    "END_OF_DATA, 250, 2.0.0 queued, GOOD",
    "RCPT, 550, 5.1.1 no such user, GOOD",
    "RCPT, 450, 4.2.0 greylisted; try again in 300 seconds, ALIVE",
    "RCPT, 452, 4.2.2 mailbox full, ALIVE",
    "MAIL, 421, 4.7.0 too many connections from your address, TOO_FAST",
    "MAIL, 450, 4.7.1 rate limit exceeded, TOO_FAST",
    "END_OF_DATA, 451, 4.3.0 internal server error, FAILED",
    "RCPT, 421, 4.3.2 shutting down, FAILED",
    "GREETING, 421, 4.3.2 busy, FAILED",
    "GREETING, 554, 5.7.1 go away, FAILED",
    "EHLO, 550, 5.7.1 bad name, FAILED",
  })
  void reply_speaksOfTheLaneOrOfOneMessage(Stage stage, int code, String text, Echo echo) {
    Reply reply = Reply.of(code, text);
    RecipientResult result =
        code == 250
            ? new RecipientResult.Answered(reply)
            : new RecipientResult.Refused(stage, reply);
    assertEquals(echo, Echo.of(session(LastByte.NOT_SENT, result)));
  }

  @ParameterizedTest
  @CsvSource({"CONNECT, NOT_SENT", "GREETING, NOT_SENT", "BODY, NOT_SENT", "END_OF_DATA, SENT"})
  void noReply_isAFailure(Stage stage, LastByte lastByte) {
    RecipientResult broken = new RecipientResult.Broken(stage, "connection lost");
    assertEquals(Echo.FAILED, Echo.of(session(lastByte, broken)));
  }

  @Test
  void whatTheExchangeLacks_saysNothingOfItsSpeed() {
    RecipientResult lacking =
        new RecipientResult.Lacking(Stage.MAIL, EnhancedStatusCode.of("5.6.7"), "no SMTPUTF8");
    assertEquals(Echo.ALIVE, Echo.of(session(LastByte.NOT_SENT, lacking)));
  }

  @Test
  void strongestWord_countsForTheSession() {
    RecipientResult relayed = new RecipientResult.Answered(Reply.of(250, "2.0.0 ok"));
    RecipientResult full =
        new RecipientResult.Refused(Stage.RCPT, Reply.of(452, "4.2.2 mailbox full"));
    RecipientResult fast =
        new RecipientResult.Refused(Stage.RCPT, Reply.of(450, "4.7.1 rate limit exceeded"));
    assertEquals(Echo.GOOD, Echo.of(session(LastByte.SENT, full, relayed)));
    assertEquals(Echo.TOO_FAST, Echo.of(session(LastByte.SENT, relayed, full, fast)));
  }

  private static Session session(LastByte lastByte, RecipientResult... results) {
    SessionFacts facts =
        new SessionFacts(ROUTE.address(), java.util.Optional.empty(), java.util.Set.of(), lastByte);
    Map<Recipient, Heard> heard = new LinkedHashMap<>();
    for (RecipientResult result : results) {
      heard.put(
          Recipient.of("r" + heard.size() + "@example.org"), JUDGE.hear(ROUTE, facts, result));
    }
    return new Session(ROUTE, facts, heard, Instant.EPOCH);
  }
}
