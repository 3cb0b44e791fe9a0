package org.mxrelay.reply;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A row of a rule table: when it speaks, and what it says on either axis.
 *
 * <p>Immutable.
 *
 * @param id its name in judgements
 * @param when all that must hold
 * @param verdict what it says of the verdict, if it speaks of that
 * @param category what it says of the category, if it speaks of that
 * @param subject subject and detail of the status where the server gave none, class 5
 * @param examples replies that it must decide, told in the table beside it
 */
record RuleRow(
    String id,
    List<Predicate<ReplyFacts>> when,
    Optional<Ruling> verdict,
    Optional<Category> category,
    Optional<EnhancedStatusCode> subject,
    List<Example> examples) {

  RuleRow {
    when = List.copyOf(when);
    examples = List.copyOf(examples);
  }

  boolean holdsFor(ReplyFacts facts) {
    for (Predicate<ReplyFacts> condition : when) {
      if (!condition.test(facts)) {
        return false;
      }
    }
    return true;
  }

  /** What a row says of the verdict. */
  enum Ruling {
    /** Try again, whatever the first digit. */
    TRANSIENT,
    /** The first digit stands, whatever later rows say. */
    BY_DIGIT
  }

  /** A reply that the row decides. */
  record Example(Reply reply, ReplyContext at) {}
}
