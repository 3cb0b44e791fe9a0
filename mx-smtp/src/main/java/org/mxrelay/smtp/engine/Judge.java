package org.mxrelay.smtp.engine;

import java.util.Optional;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.ReplyContext;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.engine.Heard.Pace;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what came of a session, or the lack of a route, into what was heard.
 *
 * <p>Immutable. Pure as far as the classifier is.
 */
record Judge(ReplyClassifier classifier) {

  private static final Logger log = LoggerFactory.getLogger(Judge.class);
  private static final Judgement RELAYED =
      new Judgement(Verdict.RELAYED, Category.OTHER, new EnhancedStatusCode(2, 0, 0), "answered");
  private static final Judgement UNJUDGED = Judgement.temporary(Category.OTHER, "fault");

  /** What a recipient's result in a session means. */
  Heard hear(Route route, SessionFacts session, RecipientResult result) {
    return result.fold(
        answered -> answered(route, answered.reply()),
        refused -> refused(route, refused.stage(), refused.reply()),
        lacking -> lacking(route, lacking),
        next -> refused(route, Stage.RCPT, next.reply()).as(Answer.TOO_MANY_RECIPIENTS),
        broken ->
            session.lastByte() == LastByte.SENT
                ? uncertain(route, broken.cause())
                : lost(route, broken));
  }

  private Heard answered(Route route, Reply reply) {
    // The exchange took responsibility: no rule can make that undone, or the mail would go twice.
    Judgement judgement =
        classify(reply, context(Stage.END_OF_DATA, route))
            .filter(said -> said.verdict() == Verdict.RELAYED)
            .orElse(RELAYED);
    return replied(judgement, route, new Said(Stage.END_OF_DATA, reply, Answer.REPLIED));
  }

  private Heard refused(Route route, Stage stage, Reply reply) {
    Judgement judgement =
        reply.isTransient() || reply.isPermanent()
            ? classify(reply, context(stage, route)).orElse(UNJUDGED)
            // RFC 5321, 4.3.2: a 2yz or 3yz where none belongs; taking it for success loses mail.
            : Judgement.temporary(Category.PROTOCOL_ERROR, "unexpected-reply");
    if (judgement.verdict() == Verdict.RELAYED) {
      // RFC 5321, 6.1: nothing but a 2yz to the end of the data hands over responsibility.
      judgement =
          reply.isPermanent()
              ? Judgement.permanent(judgement.category(), "not-relayed")
              : Judgement.temporary(judgement.category(), "not-relayed");
    }
    return replied(judgement, route, new Said(stage, reply, Answer.of(reply)));
  }

  private Optional<Judgement> classify(Reply reply, ReplyContext at) {
    try {
      return Optional.of(classifier.classify(reply, at));
    } catch (RuntimeException e) {
      log.error("the classifier failed on a reply of {}", at, e);
      return Optional.empty();
    }
  }

  private record Said(Stage stage, Reply reply, Answer answer) {}

  private static Heard replied(Judgement judgement, Route route, Said said) {

    Diagnostic diagnostic =
        new Diagnostic(
            judgement.status(),
            judgement.category(),
            Optional.of(said.stage()),
            route.exchange(),
            said.reply().printable(),
            judgement.verdict().word()
                + " at "
                + said.stage().word()
                + " by rule "
                + judgement.rule());
    Pace pace = judgement.equals(UNJUDGED) ? Pace.PATIENCE : Pace.SCHEDULE;
    return new Heard(judgement, diagnostic, said.answer(), pace);
  }

  /** Nothing was asked and nothing answered: the status is the transport's own. */
  private static Heard lacking(Route route, RecipientResult.Lacking lacking) {
    EnhancedStatusCode status = lacking.status();
    Verdict verdict = status.severity() == 5 ? Verdict.PERMANENT : Verdict.TRANSIENT;
    Judgement judgement = new Judgement(verdict, categoryOfLack(status), status, "lacking");
    Diagnostic diagnostic =
        new Diagnostic(
            status,
            judgement.category(),
            Optional.of(lacking.stage()),
            route.exchange(),
            "",
            lacking.why());
    return new Heard(judgement, diagnostic, Answer.LACKING, Pace.SCHEDULE);
  }

  // RFC 3463, 3
  private static Category categoryOfLack(EnhancedStatusCode status) {
    return switch (status.subject()) {
      case 2, 3 -> status.detail() >= 3 ? Category.MESSAGE_TOO_LARGE : Category.OTHER;
      case 6 -> Category.MESSAGE_FORMAT;
      case 7 -> Category.AUTH_OR_TLS;
      default -> Category.OTHER;
    };
  }

  private static Heard lost(Route route, RecipientResult.Broken broken) {
    Heard heard = unanswered(route, broken.stage(), broken.cause(), Answer.LOST);
    return broken.status().map(heard::withStatus).orElse(heard);
  }

  /** The last byte was sent and no reply came (RFC 1047). */
  static Heard uncertain(Route route, String cause) {
    return unanswered(
        route,
        Stage.END_OF_DATA,
        "the message was sent and no reply came, it may have been relayed: " + cause,
        Answer.UNCERTAIN);
  }

  private static Heard unanswered(Route route, Stage stage, String why, Answer answer) {
    Judgement judgement = Judgement.unanswered(stage);
    Diagnostic diagnostic =
        new Diagnostic(
            judgement.status(),
            judgement.category(),
            Optional.of(stage),
            route.exchange(),
            "",
            why);
    Pace pace = answer == Answer.UNCERTAIN ? Pace.PATIENCE : Pace.SCHEDULE;
    return new Heard(judgement, diagnostic, answer, pace);
  }

  /** There is no route now. */
  static Heard of(RouteDecision.Defer defer) {
    Judgement judgement =
        new Judgement(
            Verdict.TRANSIENT, category(defer.reason()), defer.status(), word(defer.reason()));
    return local(judgement, defer.why(), Pace.SCHEDULE);
  }

  /** There will never be a route. */
  static Heard of(RouteDecision.Fail fail) {
    Judgement judgement =
        new Judgement(
            Verdict.PERMANENT, category(fail.reason()), fail.status(), word(fail.reason()));
    return local(judgement, fail.why(), Pace.SCHEDULE);
  }

  /** Others found out a moment ago that none of the exchanges is there. */
  static Heard unreachable() {
    Judgement judgement = Judgement.unanswered(Stage.CONNECT);
    return local(
        judgement, "no exchange can be reached, as other messages found out", Pace.SCHEDULE);
  }

  /** A fault of ours or of the caller's own parts, never the recipient's. */
  static Heard fault(Throwable thrown) {
    Judgement judgement =
        new Judgement(
            Verdict.TRANSIENT, Category.SERVER_ERROR, new EnhancedStatusCode(4, 3, 0), "fault");
    return local(
        judgement, "fault in the relay: " + thrown.getClass().getSimpleName(), Pace.PATIENCE);
  }

  private static Heard local(Judgement judgement, String why, Pace pace) {
    Diagnostic diagnostic = Diagnostic.local(judgement.status(), judgement.category(), why);
    return new Heard(judgement, diagnostic, Answer.REPLIED, pace);
  }

  private static Category category(RouteDecision.Reason reason) {
    return switch (reason) {
      case NULL_MX, NO_SUCH_DOMAIN, NO_MAIL_HOST, INVALID_DOMAIN -> Category.DOMAIN_INVALID;
      case REFUSED_ADDRESS, UNRESOLVED, LOOP -> Category.NETWORK;
      case TLS_POLICY -> Category.AUTH_OR_TLS;
    };
  }

  private static String word(RouteDecision.Reason reason) {
    return "route:" + reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static ReplyContext context(Stage stage, Route route) {
    return new ReplyContext(stage, route.exchange());
  }
}
