package org.mxrelay.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every word and every beginning of a word that a table of rules asks for, numbered. A text is
 * looked at once; then each rule asks only where its numbers stand.
 *
 * <p>Filled while the table is read, and not changed afterwards.
 */
final class Vocabulary {

  private final Map<String, Integer> exact = new HashMap<>();
  private final TreeMap<String, Integer> prefixes = new TreeMap<>();
  private int size;

  /** The number of a word, or of a beginning if it ends in an asterisk. */
  int number(String term) {
    return term.endsWith("*")
        ? prefixes.computeIfAbsent(term.substring(0, term.length() - 1), t -> size++)
        : exact.computeIfAbsent(term, t -> size++);
  }

  int size() {
    return size;
  }

  /** Where each number stands among the words. */
  Occurrences find(List<String> words) {
    Occurrences found = new Occurrences(size, words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Integer whole = exact.get(word);
      if (whole != null) {
        found.add(whole, i);
      }
      for (int number : beginnings(word)) {
        found.add(number, i);
      }
    }
    return found;
  }

  /** Whatever begins the word is the greatest entry not above it, or begins that entry too. */
  private List<Integer> beginnings(String word) {
    Map.Entry<String, Integer> entry = prefixes.floorEntry(word);
    if (entry == null || entry.getKey().charAt(0) != word.charAt(0)) {
      return List.of();
    }
    List<Integer> found = new ArrayList<>(2);
    while (entry != null && entry.getKey().charAt(0) == word.charAt(0)) {
      String common = common(entry.getKey(), word);
      if (common.length() == entry.getKey().length()) {
        found.add(entry.getValue());
        entry = prefixes.lowerEntry(entry.getKey());
      } else {
        entry = common.isEmpty() ? null : prefixes.floorEntry(common);
      }
    }
    return found;
  }

  private static String common(String one, String other) {
    int end = 0;
    while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
      end++;
    }
    return one.substring(0, end);
  }
}
