package org.mxrelay.examples.outage;

import java.util.Optional;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.ReplyContext;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Fallthrough.Answer;

/**
 * What an exchange says to a message, or that it says nothing, and what that means.
 *
 * <p>Immutable.
 *
 * @param judgement the real classifier's
 */
record Said(Stage stage, Answer answer, Optional<Reply> reply, Judgement judgement) {

  static final Said TAKEN = reply(Stage.END_OF_DATA, 250, "2.0.0 queued");
  static final Said NO_CONNECTION = silence(Stage.CONNECT, Answer.LOST);
  static final Said REPLY_LOST = silence(Stage.END_OF_DATA, Answer.UNCERTAIN);
  static final Said NO_SUCH_USER = reply(Stage.RCPT, 550, "5.1.1 no such user here");
  static final Said BLOCKED =
      reply(Stage.RCPT, 554, "5.7.1 service unavailable, client host is blocked by a list");
  static final Said REFUSED_AS_SPAM =
      reply(Stage.END_OF_DATA, 550, "5.7.1 message refused as spam");
  static final Said NOT_HEARD =
      reply(Stage.END_OF_DATA, 451, "4.4.2 the answer of the primary was lost, try again later");

  /** A reply, as the real classifier judges it. */
  static Said reply(Stage stage, int code, String text) {
    return reply(stage, Reply.of(code, text));
  }

  /** A reply, as the real classifier judges it. */
  static Said reply(Stage stage, Reply reply) {
    Answer answer = reply.isPositive() ? Answer.REPLIED : Answer.of(reply);
    Judgement judgement = ReplyClassifier.standard().classify(reply, ReplyContext.at(stage));
    return new Said(stage, answer, Optional.of(reply), judgement);
  }

  private static Said silence(Stage stage, Answer answer) {
    return new Said(stage, answer, Optional.empty(), Judgement.unanswered(stage));
  }

  boolean isTaken() {
    return equals(TAKEN);
  }
}
