package org.mxrelay.dns;

import java.util.List;
import java.util.function.Function;

/**
 * What the DNS says of a name's TXT records.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface TextAnswer {

  AnswerFacts facts();

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Texts, ? extends T> texts,
      Function<? super NoText, ? extends T> noText,
      Function<? super Unresolved, ? extends T> unresolved) {
    if (this instanceof Texts a) {
      return texts.apply(a);
    } else if (this instanceof NoText a) {
      return noText.apply(a);
    } else if (this instanceof Unresolved a) {
      return unresolved.apply(a);
    }
    throw new AssertionError(this);
  }

  /**
   * There are TXT records.
   *
   * @param texts one for each record, its strings joined without anything between them; a character
   *     stands for an octet (ISO 8859-1), since a TXT record may hold any
   */
  record Texts(List<String> texts, AnswerFacts facts) implements TextAnswer {
    /**
     * @throws IllegalArgumentException if there is no text
     */
    public Texts {
      texts = List.copyOf(texts);
      if (texts.isEmpty()) {
        throw new IllegalArgumentException("a text answer without a text");
      }
    }
  }

  /** The name does not exist, or has no TXT record. */
  record NoText(AnswerFacts facts) implements TextAnswer {}

  /**
   * Nobody could tell now.
   *
   * @param why in words
   */
  record Unresolved(String why, AnswerFacts facts) implements TextAnswer {}
}
