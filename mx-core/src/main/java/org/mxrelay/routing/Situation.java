package org.mxrelay.routing;

import static org.mxrelay.routing.Reach.AGAIN;
import static org.mxrelay.routing.Reach.BACKUPS;
import static org.mxrelay.routing.Reach.DONE;
import static org.mxrelay.routing.Reach.EQUALS;
import static org.mxrelay.routing.Reach.EQUALS_THEN_FINAL;
import static org.mxrelay.routing.Reach.FINAL;
import static org.mxrelay.routing.Reach.NOBODY;

import java.util.Set;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Fallthrough.Age;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Fallthrough.Case;
import org.mxrelay.routing.Fallthrough.Rank;

/**
 * The table of falling through: what may have happened, and how far the recipient goes on then, by
 * {@link Fallthrough#STANDARD}, in the last quarter of the message's life, by {@link
 * Fallthrough#ANY} and by {@link Fallthrough#NONE}.
 */
enum Situation {
  // The columns: STANDARD, STANDARD in the last quarter, ANY, NONE.
  RELAYED(DONE, DONE, DONE, DONE),
  /** Recipients left over from a full transaction. */
  LEFT_OVER(AGAIN, AGAIN, AGAIN, AGAIN),
  /** It may have been relayed: another exchange now would make a duplicate likely. */
  UNCERTAIN(NOBODY, NOBODY, NOBODY, NOBODY),
  /** No session came about. */
  NO_SESSION(BACKUPS, BACKUPS, BACKUPS, BACKUPS),
  /** The session broke, or the exchange has trouble of its own. */
  UNAVAILABLE(BACKUPS, BACKUPS, BACKUPS, NOBODY),
  /** Slow down: another door of the same house is no answer. */
  RATE_LIMITED(NOBODY, BACKUPS, BACKUPS, NOBODY),
  /** Not now, for a reason that lies with the message, its sender or its recipient. */
  NOT_NOW(EQUALS, BACKUPS, BACKUPS, NOBODY),
  /** A backup that cannot take the message says nothing of what the primary would take. */
  UNFIT_BACKUP(BACKUPS, BACKUPS, BACKUPS, NOBODY),
  /** A primary that cannot take the message; its equals may be made otherwise. */
  UNFIT_PRIMARY(EQUALS_THEN_FINAL, EQUALS_THEN_FINAL, EQUALS_THEN_FINAL, FINAL),
  REFUSED(FINAL, FINAL, FINAL, FINAL);

  /** Refusals that speak of what this exchange is set up for, not of the recipient. */
  private static final Set<Category> OF_THE_SETUP =
      Set.of(Category.RELAY_DENIED, Category.AUTH_OR_TLS, Category.MESSAGE_TOO_LARGE);

  /** Parameters not implemented; conversion and internationalised addresses not supported. */
  private static final Set<EnhancedStatusCode> MISSING_EXTENSION =
      Set.of(
          new EnhancedStatusCode(5, 5, 4), // RFC 3463, 3.6
          new EnhancedStatusCode(5, 6, 3), // RFC 3463, 3.7
          new EnhancedStatusCode(5, 6, 7), // RFC 6531, 3.5
          new EnhancedStatusCode(5, 6, 9)); // RFC 6531, 3.5

  private final Reach standard;
  private final Reach lastQuarter;
  private final Reach any;
  private final Reach none;

  Situation(Reach standard, Reach lastQuarter, Reach any, Reach none) {
    this.standard = standard;
    this.lastQuarter = lastQuarter;
    this.any = any;
    this.none = none;
  }

  Reach reach(Fallthrough rule, Age age) {
    return switch (rule) {
      case STANDARD -> age == Age.LAST_QUARTER ? lastQuarter : standard;
      case ANY -> any;
      case NONE -> none;
    };
  }

  static Situation of(Case c) {
    return switch (c.answer()) {
      case TOO_MANY_RECIPIENTS -> LEFT_OVER;
      case UNCERTAIN -> UNCERTAIN;
      case LACKING -> unfit(c);
      case OPTIONAL_TLS -> NOT_NOW;
      case LOST -> c.stage().isBeforeMail() ? NO_SESSION : UNAVAILABLE;
      case REPLIED, REFUSED, CLOSING -> c.stage().isBeforeMail() ? unheard(c) : heard(c);
    };
  }

  private static Situation unfit(Case c) {
    if (c.rank() == Rank.BACKUP) {
      return UNFIT_BACKUP;
    }
    return c.judgement().isPermanent() ? UNFIT_PRIMARY : NOT_NOW;
  }

  /** A reply before MAIL: the message has not been spoken of. */
  private static Situation unheard(Case c) {
    boolean refusedOutright = c.answer() == Answer.REFUSED || c.stage().compareTo(Stage.EHLO) >= 0;
    Situation transiently = ofTransient(c);
    if (transiently == RATE_LIMITED && c.answer() != Answer.REFUSED) {
      return RATE_LIMITED;
    }
    return refusedOutright || transiently == UNAVAILABLE ? NO_SESSION : transiently;
  }

  /** A reply from MAIL on: its judgement decides. */
  private static Situation heard(Case c) {
    if (c.judgement().verdict() == Verdict.RELAYED) {
      return RELAYED;
    } else if (c.judgement().isTransient()) {
      return ofTransient(c);
    }
    return c.rank() == Rank.BACKUP && isOfTheSetup(c.judgement()) ? UNFIT_BACKUP : REFUSED;
  }

  private static Situation ofTransient(Case c) {
    return switch (c.judgement().category()) {
      case SERVER_ERROR, NETWORK, PROTOCOL_ERROR -> UNAVAILABLE;
      case RATE_LIMITED -> RATE_LIMITED;
      case OTHER -> c.answer() == Answer.CLOSING ? UNAVAILABLE : NOT_NOW;
      default -> NOT_NOW;
    };
  }

  private static boolean isOfTheSetup(Judgement j) {
    return OF_THE_SETUP.contains(j.category()) || MISSING_EXTENSION.contains(j.status());
  }
}
