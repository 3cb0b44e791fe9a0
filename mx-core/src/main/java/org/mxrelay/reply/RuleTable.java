package org.mxrelay.reply;

import java.util.List;
import java.util.Optional;

/**
 * Rows in order: of those that hold, the first that speaks of the verdict gives the verdict, and
 * the first that speaks of the category gives the category.
 *
 * <p>Immutable once read; safe for use by several threads.
 */
final class RuleTable {

  private final List<RuleRow> rows;
  private final Vocabulary vocabulary;

  RuleTable(List<RuleRow> rows, Vocabulary vocabulary) {
    this.rows = List.copyOf(rows);
    this.vocabulary = vocabulary;
  }

  List<RuleRow> rows() {
    return rows;
  }

  /** The rows that decide. */
  Findings judge(Reply reply, ReplyContext at) {
    List<String> words = Words.of(reply);
    ReplyFacts facts =
        new ReplyFacts(reply.code(), ReplyText.status(reply), at, vocabulary.find(words));
    Optional<RuleRow> verdict = Optional.empty();
    Optional<RuleRow> category = Optional.empty();
    for (RuleRow row : rows) {
      boolean asked =
          (verdict.isEmpty() && row.verdict().isPresent())
              || (category.isEmpty() && row.category().isPresent());
      if (asked && row.holdsFor(facts)) {
        verdict = verdict.or(() -> Optional.of(row).filter(r -> r.verdict().isPresent()));
        category = category.or(() -> Optional.of(row).filter(r -> r.category().isPresent()));
      }
    }
    return new Findings(facts.status(), verdict, category);
  }

  /**
   * What was found.
   *
   * @param status the enhanced status code, wherever it stood, of whatever class
   * @param verdict the row that spoke of the verdict
   * @param category the row that spoke of the category
   */
  record Findings(
      Optional<EnhancedStatusCode> status, Optional<RuleRow> verdict, Optional<RuleRow> category) {}
}
