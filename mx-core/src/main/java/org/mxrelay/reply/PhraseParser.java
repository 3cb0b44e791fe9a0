package org.mxrelay.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads phrases such as {@code mailbox .. (is full|over* quota)}: words one after the other, an
 * asterisk behind the beginning of a word, alternatives in parentheses, a question mark behind
 * parentheses that may be absent, two dots for up to {@value #GAP} words of any kind and one dot
 * for up to {@value #SHORT_GAP}. {@code @} stands for a mail address, {@code #} for an IP address.
 */
final class PhraseParser {

  private static final int GAP = 6;
  private static final int SHORT_GAP = 2;

  /** Parentheses within parentheses; what is deeper is a mistake, and would exhaust the stack. */
  private static final int DEEPEST = 20;

  private static final Pattern TOKEN = Pattern.compile("\\(|\\)\\??|\\||[^\\s()|]+");

  private final List<String> tokens;
  private final String source;
  private final Vocabulary vocabulary;
  private int next;
  private int depth;

  private PhraseParser(String source, Vocabulary vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.tokens = TOKEN.matcher(source).results().map(m -> m.group()).toList();
  }

  /**
   * Reads a phrase.
   *
   * @throws IllegalArgumentException if it is none, or may be empty or begin or end with a gap
   */
  static SearchPhrase parse(String source, Vocabulary vocabulary) {
    PhraseParser parser = new PhraseParser(source, vocabulary);
    Phrase.Row row = parser.row();
    boolean loose =
        row.parts().get(0) instanceof Phrase.Gap
            || row.parts().get(row.parts().size() - 1) instanceof Phrase.Gap;
    if (loose || parser.next < parser.tokens.size()) {
      throw parser.wrong();
    }
    return new SearchPhrase(row);
  }

  private Phrase.Row row() {
    List<Phrase> parts = new ArrayList<>();
    while (next < tokens.size() && !isEnd(tokens.get(next))) {
      String token = tokens.get(next++);
      if (token.equals("(")) {
        parts.add(group());
      } else if (token.equals("..") || token.equals(".")) {
        parts.add(new Phrase.Gap(token.length() == 2 ? GAP : SHORT_GAP));
      } else {
        addWords(token, parts);
      }
    }
    if (parts.isEmpty()) {
      throw wrong();
    }
    return new Phrase.Row(parts);
  }

  private Phrase group() {
    if (++depth > DEEPEST) {
      throw wrong();
    }
    List<Phrase> choices = new ArrayList<>();
    choices.add(choice());
    while (next < tokens.size() && tokens.get(next).equals("|")) {
      next++;
      choices.add(choice());
    }
    if (next == tokens.size()) {
      throw wrong();
    }
    depth--;
    Phrase choice = new Phrase.Choice(choices);
    return tokens.get(next++).endsWith("?") ? new Phrase.Maybe(choice) : choice;
  }

  private Phrase choice() {
    Phrase.Row row = row();
    return row.parts().size() == 1 ? row.parts().get(0) : row;
  }

  /** What a text is cut into, a rule is cut into as well: ideographs stand alone. */
  private void addWords(String token, List<Phrase> parts) {
    if (token.equals("@") || token.equals("#")) {
      parts.add(new Phrase.Word(vocabulary.number(token)));
      return;
    }
    boolean beginning = token.endsWith("*");
    List<String> words = Words.of(beginning ? token.substring(0, token.length() - 1) : token, "-");
    if (words.isEmpty() || token.indexOf('*') != (beginning ? token.length() - 1 : -1)) {
      throw wrong();
    }
    for (int i = 0; i < words.size(); i++) {
      boolean last = beginning && i == words.size() - 1;
      parts.add(new Phrase.Word(vocabulary.number(words.get(i) + (last ? "*" : ""))));
    }
  }

  private static boolean isEnd(String token) {
    return token.equals("|") || token.startsWith(")");
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("phrase: '" + source + "'");
  }
}
