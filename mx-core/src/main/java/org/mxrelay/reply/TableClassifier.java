package org.mxrelay.reply;

import java.util.Optional;
import org.mxrelay.reply.RuleRow.Ruling;
import org.mxrelay.reply.RuleTable.Findings;

/**
 * Judges by a table of rules, within the laws that no rule may break: 2yz is relayed, 4yz is
 * transient, and what is said before MAIL fails no recipient.
 */
final class TableClassifier implements ReplyClassifier {

  private final RuleTable table;

  TableClassifier(RuleTable table) {
    this.table = table;
  }

  @Override
  public Judgement classify(Reply reply, ReplyContext at) {
    if (reply.isPositive()) {
      EnhancedStatusCode status = reply.status().orElseGet(() -> new EnhancedStatusCode(2, 0, 0));
      return new Judgement(Verdict.RELAYED, Category.OTHER, status, "first-digit");
    }
    if (reply.isIntermediate()) {
      // RFC 5321, 4.2.1: a 3yz awaits more; as a last word it means that the session is out of
      // step.
      EnhancedStatusCode status = new EnhancedStatusCode(4, 5, 0);
      return new Judgement(Verdict.TRANSIENT, Category.PROTOCOL_ERROR, status, "intermediate");
    }
    return judge(reply, at, table.judge(reply, at));
  }

  private static Judgement judge(Reply reply, ReplyContext at, Findings found) {
    Category category = found.category().flatMap(RuleRow::category).orElse(Category.OTHER);
    boolean softened =
        reply.isPermanent()
            && found.verdict().flatMap(RuleRow::verdict).orElse(Ruling.BY_DIGIT)
                == Ruling.TRANSIENT;
    // RFC 5321, 3.1: before MAIL the exchange speaks of itself, not of a message or a recipient.
    boolean early = reply.isPermanent() && at.stage().isBeforeMail();
    Verdict verdict =
        reply.isPermanent() && !softened && !early ? Verdict.PERMANENT : Verdict.TRANSIENT;
    return new Judgement(
        verdict, category, status(found, category, verdict), name(found, softened, early));
  }

  private static EnhancedStatusCode status(Findings found, Category category, Verdict verdict) {
    int severity = verdict == Verdict.PERMANENT ? 5 : 4;
    return found
        .status()
        .filter(s -> s.severity() != 2)
        .or(() -> found.category().flatMap(RuleRow::subject))
        .orElseGet(() -> StatusCodes.usual(category))
        .withSeverity(severity);
  }

  private static String name(Findings found, boolean softened, boolean early) {
    Optional<String> category = found.category().map(RuleRow::id);
    if (early && !softened) {
      return category.map(c -> "before-mail/" + c).orElse("before-mail");
    }
    if (softened) {
      String verdict = found.verdict().orElseThrow().id();
      return category.filter(c -> !c.equals(verdict)).map(c -> verdict + "/" + c).orElse(verdict);
    }
    return category.orElse("first-digit");
  }
}
