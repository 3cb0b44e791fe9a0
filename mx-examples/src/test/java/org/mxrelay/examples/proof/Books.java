package org.mxrelay.examples.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was written down, by letter and recipient.
 *
 * <p>Immutable by convention.
 *
 * @param offered each letter that anybody began to submit
 * @param accepted whose submission returned
 * @param refused whose submission threw
 * @param taken what the sink took, by letter and recipient
 * @param reports what the sink took as reports, by letter
 * @param settled when it was stored that a recipient was relayed, by letter and recipient
 * @param outcomes the store's final outcomes, by letter and recipient
 */
record Books(
    Map<String, Offer> offered,
    Set<String> accepted,
    Set<String> refused,
    Map<String, List<Took>> taken,
    Map<String, List<Took>> reports,
    Map<String, Long> settled,
    Map<String, List<String>> outcomes) {

  record Offer(String digest, List<String> recipients) {}

  /**
   * @param replied whether the sink said that it had taken it; else it broke the session off, or
   *     was killed itself
   */
  record Took(long nanos, String digest, String life, boolean replied) {}

  static String key(String letter, String recipient) {
    return letter + " " + recipient;
  }

  static Books read(Path folder) {
    Books books = empty();
    Journal.read(folder, "injector").forEach(books::injected);
    Set<String> replied = new HashSet<>();
    Journal.read(folder, "replies").forEach(words -> replied.add(words[1]));
    Journal.read(folder, "sink").forEach(words -> books.sank(words, replied.contains(words[1])));
    Journal.read(folder, "settled")
        .forEach(w -> books.settled.merge(key(w[2], w[3]), Long.parseLong(w[1]), Math::min));
    Journal.read(folder, "outcomes").forEach(w -> append(books.outcomes, key(w[1], w[2]), w[3]));
    return books;
  }

  static Books empty() {
    return new Books(
        new LinkedHashMap<>(),
        new HashSet<>(),
        new HashSet<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new HashMap<>(),
        new HashMap<>());
  }

  private void injected(String[] words) {
    switch (words[0]) {
      case "offered" -> offered.put(words[1], new Offer(words[2], List.of(words[3].split(","))));
      case "accepted" -> accepted.add(words[1]);
      case "refused" -> refused.add(words[1]);
      default -> throw new IllegalStateException(String.join(" ", words));
    }
  }

  private void sank(String[] words, boolean replied) {
    long nanos = Long.parseLong(words[2]);
    String life = words[words.length - 1];
    Took took = new Took(nanos, words[4], life, replied);
    if (words[0].equals("took")) {
      append(taken, key(words[3], words[5]), took);
    } else {
      append(reports, words[3], took);
    }
  }

  static <T> void append(Map<String, List<T>> to, String key, T one) {
    to.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
  }
}
