package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Disposition;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.routing.Fallthrough.Age;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Fallthrough.Next;
import org.mxrelay.routing.Fallthrough.Rank;
import org.mxrelay.smtp.queue.Delivery;

/**
 * Asks the fall-through what becomes of a recipient after a session.
 *
 * <p>Pure.
 */
record Course(Rules rules, Delivery delivery, Age age) {

  static Course of(Rules rules, Delivery delivery, Instant now) {
    Duration expiry = rules.retry().toward(delivery.destination()).expiry();
    Instant lastQuarter = delivery.queuedAt().plus(threeQuarters(expiry));
    return new Course(rules, delivery, now.isBefore(lastQuarter) ? Age.ORDINARY : Age.LAST_QUARTER);
  }

  /** By hand, since a Duration is multiplied and divided by way of decimals. */
  static Duration threeQuarters(Duration whole) {
    long nanos = whole.getSeconds() % 4 * 1_000_000_000 + whole.getNano();
    return Duration.ofSeconds(whole.getSeconds() / 4 * 3, nanos / 4 * 3);
  }

  Disposition after(Heard heard, Rank rank, Next next) {
    if (heard.judgement().verdict() == Verdict.RELAYED) {
      return Disposition.DONE;
    }
    if (heard.answer() == Answer.UNCERTAIN) {
      // Whatever the rule: another exchange now would make a duplicate likely (G6).
      return Disposition.NEXT_ATTEMPT;
    }
    Stage stage = heard.diagnostic().stage().orElse(Stage.CONNECT);
    return rules
        .fallthrough()
        .apply(new Fallthrough.Case(stage, heard.answer(), heard.judgement(), rank, next, age));
  }
}
