package org.mxrelay.reply;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A reply's text as the words that rules look for: lower case, without accents, at most {@link
 * #MAX_WORDS}. Ideographs and kana are words of one character. Mail addresses become {@code @} and
 * IP addresses {@code #}, because what stands in them says nothing; of a URL its host's labels stay
 * and a parameter {@code p}, which names the reason at one large provider. Reply codes and enhanced
 * status codes are left out: they have rules of their own.
 */
final class Words {

  /** What is read of a text at most, in characters. */
  static final int MAX_LENGTH = 4_096;

  /** The most words that are looked at. */
  static final int MAX_WORDS = 512;

  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
  private static final String BRACKETS = "<>()[]{}\"`,;|";

  private final List<String> words = new ArrayList<>();
  private final String text;
  private final String code;

  private Words(String text, String code) {
    this.text = text;
    this.code = code;
  }

  /** The words of a reply's text, but for its own code where that recurs. */
  static List<String> of(Reply reply) {
    return of(reply.text(), Integer.toString(reply.code()));
  }

  /** The words of a text. */
  static List<String> of(String text, String code) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    return new Words(folded(head), code).cut();
  }

  /** Lower case without accents; kana keep their marks, without which they are other letters. */
  static String folded(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    String plain =
        ascii
            ? text
            : ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String lower = plain.toLowerCase(Locale.ROOT);
    return ascii ? lower : Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  private List<String> cut() {
    int from = 0;
    for (int i = 0; i <= text.length() && words.size() < MAX_WORDS; i++) {
      if (i == text.length() || isBreak(text.charAt(i))) {
        addChunk(text.substring(from, i));
        from = i + 1;
      }
    }
    return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
  }

  private static boolean isBreak(char c) {
    return c <= ' ' || Character.isWhitespace(c) || BRACKETS.indexOf(c) >= 0;
  }

  private void addChunk(String chunk) {
    if (chunk.isEmpty() || isCode(chunk)) {
      return;
    }
    int url = chunk.indexOf("://");
    if (url > 0) {
      addWords(chunk.substring(0, chunk.lastIndexOf('=', url) + 1));
      addUrl(chunk.substring(url + 3));
    } else if (isAddress(chunk)) {
      words.add("@");
    } else if (isIp(chunk)) {
      words.add("#");
    } else {
      addWords(chunk);
    }
  }

  private void addUrl(String url) {
    int end = 0;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    addWords(url.substring(0, end));
    int reason = url.indexOf("?p=", end);
    if (reason >= 0) {
      int and = url.indexOf('&', reason);
      addWords(url.substring(reason + 3, and < 0 ? url.length() : and));
    }
  }

  private void addWords(String chunk) {
    int from = 0;
    for (int i = 0; i <= chunk.length(); i++) {
      char c = i < chunk.length() ? chunk.charAt(i) : ' ';
      if (isIdeograph(c)) {
        add(chunk.substring(from, i));
        add(Character.toString(c));
        from = i + 1;
      } else if (!Character.isLetterOrDigit(c) && !isInside(chunk, i)) {
        add(chunk.substring(from, i));
        from = i + 1;
      }
    }
  }

  private void add(String raw) {
    String word = raw.replace("'", "").replace("\u2019", "");
    if (word.isEmpty()) {
      return;
    }
    String before = words.isEmpty() ? "" : words.get(words.size() - 1);
    boolean joined =
        (before.equals("e") && word.startsWith("mail"))
            || (before.equals("mail") && word.startsWith("box"));
    if (joined) {
      words.set(words.size() - 1, before + word);
    } else {
      words.add(word);
    }
  }

  /** The reply's own code, an enhanced status code, or both with a hyphen or a space between. */
  private boolean isCode(String chunk) {
    String rest = chunk.startsWith(code) ? chunk.substring(code.length()) : chunk;
    if (rest.isEmpty() || rest.equals("-") || rest.equals(":")) {
      return true;
    }
    int start = rest.charAt(0) == '-' || rest.charAt(0) == '#' ? 1 : 0;
    int end = rest.endsWith(":") ? rest.length() - 1 : rest.length();
    return start < end && EnhancedStatusCode.find(rest.substring(start, end)).isPresent();
  }

  private static boolean isAddress(String chunk) {
    int at = chunk.lastIndexOf('@');
    return at > 0 && at < chunk.length() - 1;
  }

  private static boolean isIp(String chunk) {
    int dots = 0;
    int colons = 0;
    int letters = 0;
    for (int i = 0; i < chunk.length(); i++) {
      char c = chunk.charAt(i);
      dots += c == '.' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      letters += Character.digit(c, 16) < 0 && c != '.' && c != ':' ? 1 : 0;
    }
    return letters == 0 && (colons >= 2 || (dots >= 3 && Character.isDigit(chunk.charAt(0))));
  }

  /** An apostrophe of English, with one or two letters behind it; in French a word begins there. */
  private static boolean isInside(String chunk, int index) {
    if (index >= chunk.length()
        || (chunk.charAt(index) != '\'' && chunk.charAt(index) != '\u2019')) {
      return false;
    }
    int end = index + 1;
    while (end < chunk.length() && Character.isLetter(chunk.charAt(end))) {
      end++;
    }
    return end - index <= 3;
  }

  /** Writing without spaces between words, so that each character must be a word. */
  private static boolean isIdeograph(char c) {
    return c >= 0x2E80 && Character.isLetterOrDigit(c) && (c < 0xAC00 || c > 0xD7A3);
  }
}
