package org.mxrelay.dns;

import java.util.List;
import java.util.function.Function;

/**
 * What the DNS says of a domain's mail exchangers.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface MxAnswer {

  AnswerFacts facts();

  /** Answers for whichever case this is. */
  default <T> T fold(Cases<T> cases) {
    if (this instanceof Exchanges a) {
      return cases.exchanges().apply(a);
    } else if (this instanceof NoMx a) {
      return cases.noMx().apply(a);
    } else if (this instanceof NullMx a) {
      return cases.nullMx().apply(a);
    } else if (this instanceof NoSuchDomain a) {
      return cases.noSuchDomain().apply(a);
    } else if (this instanceof Unresolved a) {
      return cases.unresolved().apply(a);
    }
    throw new AssertionError(this);
  }

  /** An answer for each case. */
  record Cases<T>(
      Function<Exchanges, T> exchanges,
      Function<NoMx, T> noMx,
      Function<NullMx, T> nullMx,
      Function<NoSuchDomain, T> noSuchDomain,
      Function<Unresolved, T> unresolved) {}

  /**
   * There are MX records.
   *
   * @param records those that name a possible host, by preference; empty if none of them does,
   *     which is not the same as having no MX
   */
  record Exchanges(List<MxRecord> records, AnswerFacts facts) implements MxAnswer {
    public Exchanges {
      records = List.copyOf(records);
    }
  }

  /** The domain exists and has no MX record: its own addresses are its exchange (RFC 5321, 5.1). */
  record NoMx(AnswerFacts facts) implements MxAnswer {}

  /** The domain takes no mail and says so (RFC 7505). */
  record NullMx(AnswerFacts facts) implements MxAnswer {}

  /** The domain does not exist. */
  record NoSuchDomain(AnswerFacts facts) implements MxAnswer {}

  /**
   * Nobody could tell now: SERVFAIL, REFUSED, timeout, a loop, a bogus signature.
   *
   * @param why in words
   */
  record Unresolved(String why, AnswerFacts facts) implements MxAnswer {}
}
