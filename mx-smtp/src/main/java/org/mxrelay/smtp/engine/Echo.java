package org.mxrelay.smtp.engine;

import org.mxrelay.reply.Category;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;

/**
 * What a session tells a lane of its speed, the strongest word first.
 *
 * <p>A refusal that speaks of one recipient or message, such as a full mailbox or greylisting, says
 * nothing of how much the exchange can take; a permanent one shows that it works.
 */
enum Echo {
  /** Slow down. */
  TOO_FAST,
  /** Not reached, lost, or in trouble: one session fewer. */
  FAILED,
  /** It works: more sessions. */
  GOOD,
  /** Somebody is there, and that is all. */
  ALIVE;

  /** Pure. */
  static Echo of(Session session) {
    Echo strongest = ALIVE;
    for (Heard heard : session.heard().values()) {
      Echo one = of(heard);
      strongest = one.compareTo(strongest) < 0 ? one : strongest;
    }
    return strongest;
  }

  static Echo of(Heard heard) {
    Judgement judgement = heard.judgement();
    if (judgement.verdict() == Verdict.RELAYED) {
      return GOOD;
    }
    return switch (heard.answer()) {
      case LOST, UNCERTAIN -> FAILED;
      case TOO_MANY_RECIPIENTS, LACKING, OPTIONAL_TLS -> ALIVE;
      case CLOSING -> judgement.category() == Category.RATE_LIMITED ? TOO_FAST : FAILED;
      case REPLIED, REFUSED -> ofRefusal(judgement, stage(heard));
    };
  }

  private static Echo ofRefusal(Judgement judgement, Stage stage) {
    if (judgement.category() == Category.RATE_LIMITED) {
      return TOO_FAST;
    }
    if (stage.compareTo(Stage.MAIL) < 0) {
      return FAILED;
    }
    if (judgement.isPermanent()) {
      return GOOD;
    }
    return switch (judgement.category()) {
      case SERVER_ERROR, NETWORK, PROTOCOL_ERROR, IP_BLOCKED -> FAILED;
      default -> ALIVE;
    };
  }

  private static Stage stage(Heard heard) {
    return heard.diagnostic().stage().orElse(Stage.END_OF_DATA);
  }
}
