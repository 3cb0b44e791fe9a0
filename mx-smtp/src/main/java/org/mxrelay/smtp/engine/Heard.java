package org.mxrelay.smtp.engine;

import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.smtp.queue.Diagnostic;

/**
 * What was heard last of a recipient in an attempt, and what that means.
 *
 * <p>Immutable.
 *
 * @param judgement what it means
 * @param diagnostic what is told to people
 * @param answer how the session ended for the recipient
 * @param pace whether the schedule alone says when to try again
 */
record Heard(Judgement judgement, Diagnostic diagnostic, Answer answer, Pace pace) {

  /** What says when to try again. */
  enum Pace {
    SCHEDULE,
    /** The schedule, but not before the patience is over. */
    PATIENCE
  }

  boolean isUncertain() {
    return answer == Answer.UNCERTAIN;
  }

  /** The same, said in answer to something of another kind. */
  Heard as(Answer other) {
    return new Heard(judgement, diagnostic, other, pace);
  }

  /** The same, but not for good: the reply spoke of the exchange's own limits. */
  Heard softened() {
    return told(Verdict.TRANSIENT, judgement.status().withSeverity(4));
  }

  /** The same with a better status of the same class. */
  Heard withStatus(EnhancedStatusCode better) {
    return told(judgement.verdict(), better);
  }

  private Heard told(Verdict verdict, EnhancedStatusCode status) {
    Judgement other = new Judgement(verdict, judgement.category(), status, judgement.rule());
    Diagnostic told =
        new Diagnostic(
            status,
            judgement.category(),
            diagnostic.stage(),
            diagnostic.exchange(),
            diagnostic.reply(),
            diagnostic.why());
    return new Heard(other, told, answer, pace);
  }

  /** Whether mail would be lost or sent twice if this were forgotten. */
  boolean mustBeStored() {
    return judgement.verdict() != Verdict.TRANSIENT || isUncertain();
  }
}
