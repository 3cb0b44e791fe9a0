package org.mxrelay.reply;

import java.util.List;

/**
 * Words in a row, as rules write them and {@link PhraseParser} reads them.
 *
 * <p>A part maps the set of positions where it may begin to the set of those behind it. So a match
 * costs one pass over the phrase, whatever the text: no text makes it try again.
 *
 * <p>Immutable.
 */
sealed interface Phrase {

  /** Where the part ends, given where it may begin. */
  PositionSet after(PositionSet starts, Occurrences text);

  /** A word or the beginning of one, by its number. */
  record Word(int number) implements Phrase {
    @Override
    public PositionSet after(PositionSet starts, Occurrences text) {
      return text.has(number) ? starts.behind(text.of(number)) : PositionSet.EMPTY;
    }
  }

  /** Up to so many words of whatever kind. */
  record Gap(int words) implements Phrase {
    @Override
    public PositionSet after(PositionSet starts, Occurrences text) {
      return starts.within(words);
    }
  }

  /** One part after the other. */
  record Row(List<Phrase> parts) implements Phrase {
    public Row {
      parts = List.copyOf(parts);
    }

    @Override
    public PositionSet after(PositionSet starts, Occurrences text) {
      PositionSet at = starts;
      for (Phrase part : parts) {
        at = part.after(at, text);
        if (at.isEmpty()) {
          return at;
        }
      }
      return at;
    }
  }

  /** Any of several. */
  record Choice(List<Phrase> parts) implements Phrase {
    public Choice {
      parts = List.copyOf(parts);
    }

    @Override
    public PositionSet after(PositionSet starts, Occurrences text) {
      PositionSet all = PositionSet.EMPTY;
      for (Phrase part : parts) {
        all = all.or(part.after(starts, text));
      }
      return all;
    }
  }

  /** Present or not. */
  record Maybe(Phrase part) implements Phrase {
    @Override
    public PositionSet after(PositionSet starts, Occurrences text) {
      return starts.or(part.after(starts, text));
    }
  }
}
