package org.mxrelay.reply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxrelay.reply.RuleRow.Example;
import org.mxrelay.reply.RuleRow.Ruling;

/** Reads one row of a rule table, line by line. */
final class RuleRowReader {

  private static final Pattern EXAMPLE =
      Pattern.compile("(?:@(\\w+)(?:/(\\S*))? +)?([2-5]\\d\\d)(.*)");

  private final Vocabulary vocabulary;
  private final List<Predicate<ReplyFacts>> when = new ArrayList<>();
  private final List<SearchPhrase> phrases = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private String pending = "";
  private String id = "";
  private String why = "";
  private boolean judges;
  private Optional<Ruling> verdict = Optional.empty();
  private Optional<Category> category = Optional.empty();
  private Optional<EnhancedStatusCode> subject = Optional.empty();

  RuleRowReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  boolean isEmpty() {
    return id.isEmpty() && pending.isEmpty();
  }

  /**
   * Takes a line.
   *
   * @throws IllegalArgumentException if it is none of a row
   */
  void line(String line) {
    if (line.startsWith(" ")) {
      pending = pending + " " + line.strip();
      return;
    }
    take();
    pending = line.strip();
  }

  /**
   * The row.
   *
   * @throws IllegalArgumentException if a part of it is missing
   */
  RuleRow row() {
    take();
    if (id.isEmpty() || !judges || why.isEmpty()) {
      throw new IllegalArgumentException("row '" + id + "' lacks 'row', 'is' or 'why'");
    }
    if (!phrases.isEmpty()) {
      when.add(Conditions.text(phrases));
    }
    return new RuleRow(id, when, verdict, category, subject, examples);
  }

  private void take() {
    int space = pending.indexOf(' ');
    if (pending.isEmpty()) {
      return;
    }
    if (space < 0) {
      throw new IllegalArgumentException("neither key nor value: '" + pending + "'");
    }
    String key = pending.substring(0, space);
    String value = pending.substring(space + 1).strip();
    pending = "";
    if (key.equals("row")) {
      begin(value);
    } else if (id.isEmpty()) {
      throw new IllegalArgumentException("a row begins with 'row', not with '" + key + "'");
    } else {
      take(key, value);
    }
  }

  private void begin(String name) {
    if (!id.isEmpty()) {
      throw new IllegalArgumentException("an empty line is missing before row " + name);
    }
    if (!name.matches("[a-z0-9.-]{1,60}")) {
      throw new IllegalArgumentException("name of a row: '" + name + "'");
    }
    id = name;
  }

  private void take(String key, String value) {
    switch (key) {
      case "is" -> judge(List.of(value.split("\\s+")));
      case "code" -> when.add(Conditions.code(value));
      case "status" -> when.add(Conditions.status(value));
      case "stage" -> when.add(Conditions.stage(value));
      case "exchange" -> when.add(Conditions.exchange(value));
      case "text", "or" -> phrases.addAll(Conditions.phrases(value, vocabulary));
      case "not" -> when.add(Conditions.text(Conditions.phrases(value, vocabulary)).negate());
      case "why" -> why = value;
      case "like" -> examples.add(example(value));
      default -> throw new IllegalArgumentException("unknown key '" + key + "'");
    }
  }

  private void judge(List<String> words) {
    judges = true;
    for (String word : words) {
      if (word.equals("transient")) {
        verdict = Optional.of(Ruling.TRANSIENT);
      } else if (word.equals("by-digit")) {
        verdict = Optional.of(Ruling.BY_DIGIT);
      } else if (word.startsWith("x.")) {
        subject = Optional.of(EnhancedStatusCode.of("5" + word.substring(1)));
      } else {
        category = Optional.of(categoryOf(word));
      }
    }
  }

  private static Category categoryOf(String word) {
    return Arrays.stream(Category.values())
        .filter(c -> c.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such judgement: '" + word + "'"));
  }

  /** {@code 550 text}, or {@code @MAIL 550 text}, or {@code @RCPT/mx.example 550 text}. */
  private static Example example(String value) {
    Matcher parts = EXAMPLE.matcher(value);
    if (!parts.matches()) {
      throw new IllegalArgumentException("like: '" + value + "'");
    }
    ReplyContext at =
        Optional.ofNullable(parts.group(1))
            .map(stage -> new ReplyContext(Stage.valueOf(stage), exchange(parts)))
            .orElseGet(ReplyContext::unknown);
    int code = Integer.parseInt(parts.group(3));
    return new Example(Reply.of(code, parts.group(4).strip()), at);
  }

  private static String exchange(Matcher parts) {
    return Optional.ofNullable(parts.group(2)).orElse("");
  }
}
