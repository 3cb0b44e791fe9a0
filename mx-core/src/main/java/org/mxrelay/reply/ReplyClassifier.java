package org.mxrelay.reply;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Judges replies. The one place where a reply gets its meaning.
 *
 * <p>Safe for use by several threads; an implementation of the caller's must be too, and must
 * answer without blocking.
 */
@FunctionalInterface
public interface ReplyClassifier {

  /** What a reply means at that stage. Never throws, whatever the text. */
  Judgement classify(Reply reply, ReplyContext at);

  /** The standard rules: the first digit decides, but for the written exceptions. */
  static ReplyClassifier standard() {
    return StandardRules.CLASSIFIER;
  }

  /**
   * The caller's table of rules, asked before the standard ones. Its form is that of the standard
   * tables; a table can soften a 5yz, but not harden a 4yz.
   *
   * @param table a file in UTF-8
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a row is wrong, with file and line
   */
  static ReplyClassifier reading(Path table) throws IOException {
    try (Reader in = Files.newBufferedReader(table)) {
      return StandardRules.after(table.toString(), in);
    }
  }

  /**
   * The caller's table of rules, asked before the standard ones.
   *
   * @param table its lines; not closed
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a row is wrong, with its line
   */
  static ReplyClassifier reading(Reader table) throws IOException {
    return StandardRules.after("rules", table);
  }

  /** This classifier, unless the rule has a judgement of its own. */
  default ReplyClassifier before(ReplyRule rule) {
    return (reply, at) -> rule.judge(reply, at).orElseGet(() -> classify(reply, at));
  }

  /**
   * This classifier, except that where its category is {@link Category#OTHER} the rule is asked.
   */
  default ReplyClassifier after(ReplyRule rule) {
    return (reply, at) -> {
      Judgement standard = classify(reply, at);
      return standard.category() == Category.OTHER
          ? rule.judge(reply, at).orElse(standard)
          : standard;
    };
  }
}
