package org.mxrelay.reply;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A phrase to look for, and the words of which at least one stands wherever it stands: of a
 * thousand phrases nearly all are ruled out by those, without a look at any position.
 *
 * <p>Immutable.
 */
final class SearchPhrase {

  private final Phrase phrase;
  private final int[] anchors;

  SearchPhrase(Phrase phrase) {
    this.phrase = phrase;
    this.anchors = anchors(phrase).stream().mapToInt(Integer::intValue).toArray();
    if (anchors.length == 0) {
      throw new IllegalArgumentException("a phrase that may be empty");
    }
  }

  /** Whether it stands anywhere in the text. */
  boolean isIn(Occurrences text) {
    for (int anchor : anchors) {
      if (text.has(anchor)) {
        return !phrase.after(text.everywhere(), text).isEmpty();
      }
    }
    return false;
  }

  /** The fewest numbers of which a match needs one; empty where it needs none. */
  private static Set<Integer> anchors(Phrase phrase) {
    if (phrase instanceof Phrase.Word word) {
      return Set.of(word.number());
    }
    if (phrase instanceof Phrase.Row row) {
      return row.parts().stream()
          .map(SearchPhrase::anchors)
          .filter(some -> !some.isEmpty())
          .min(Comparator.comparingInt(Set::size))
          .orElse(Set.of());
    }
    return phrase instanceof Phrase.Choice choice ? ofAll(choice.parts()) : Set.of();
  }

  private static Set<Integer> ofAll(List<Phrase> parts) {
    Set<Integer> all = new TreeSet<>();
    for (Phrase part : parts) {
      Set<Integer> some = anchors(part);
      if (some.isEmpty()) {
        return Set.of();
      }
      all.addAll(some);
    }
    return all;
  }
}
