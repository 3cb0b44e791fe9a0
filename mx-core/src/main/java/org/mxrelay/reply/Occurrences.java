package org.mxrelay.reply;

/**
 * Where the numbered words of a {@link Vocabulary} stand in one text.
 *
 * <p>Confined to one classification.
 */
final class Occurrences {

  private final PositionSet[] rows;
  private final PositionSet everywhere;
  private final int words;

  Occurrences(int numbers, int words) {
    this.rows = new PositionSet[numbers];
    this.words = words;
    this.everywhere = PositionSet.all(words + 1);
  }

  void add(int number, int position) {
    if (rows[number] == null) {
      rows[number] = PositionSet.none(words + 1);
    }
    rows[number].add(position);
  }

  /** Before each word and behind the last. */
  PositionSet everywhere() {
    return everywhere;
  }

  /** Whether a word of that number stands in the text. */
  boolean has(int number) {
    return rows[number] != null;
  }

  /** The positions before those words that have the number. */
  PositionSet of(int number) {
    PositionSet row = rows[number];
    return row == null ? PositionSet.EMPTY : row;
  }
}
