package org.mxrelay.dns;

import java.util.List;
import java.util.function.Function;

/**
 * What the DNS says of a name's TLSA records.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface TlsaAnswer {

  AnswerFacts facts();

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Records, ? extends T> records,
      Function<? super NoTlsa, ? extends T> noTlsa,
      Function<? super Unresolved, ? extends T> unresolved) {
    if (this instanceof Records a) {
      return records.apply(a);
    } else if (this instanceof NoTlsa a) {
      return noTlsa.apply(a);
    } else if (this instanceof Unresolved a) {
      return unresolved.apply(a);
    }
    throw new AssertionError(this);
  }

  /**
   * There are TLSA records.
   *
   * @param records at least one; 64 at most, the first of the answer
   */
  record Records(List<TlsaRecord> records, AnswerFacts facts) implements TlsaAnswer {
    /**
     * @throws IllegalArgumentException if there is no record
     */
    public Records {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("a TLSA answer without a record");
      }
    }
  }

  /** The name does not exist, or has no TLSA record. */
  record NoTlsa(AnswerFacts facts) implements TlsaAnswer {}

  /**
   * Nobody could tell now: SERVFAIL, timeout, a bogus signature.
   *
   * @param why in words
   */
  record Unresolved(String why, AnswerFacts facts) implements TlsaAnswer {}
}
