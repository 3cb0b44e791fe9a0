package org.mxrelay.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Something that a {@link ScriptedDnsServer} does wrong, or otherwise than it would.
 *
 * <p>Several faults may be set for one question; they work together where that makes sense.
 *
 * <p>Immutable.
 */
public final class Fault {

  enum Kind {
    SERVFAIL,
    REFUSED,
    FORMERR,
    FORMERR_TO_EDNS,
    NOTIMP,
    DROP,
    DELAY,
    TRUNCATE,
    REFUSE_TCP,
    CUT_TCP,
    WRONG_ID,
    WRONG_QUESTION,
    FOREIGN_RECORDS,
    GARBAGE,
    AUTHENTICATED,
    ALIAS_ONLY,
    WITHOUT_SOA,
    MANGLE
  }

  private static final int ALWAYS = Integer.MAX_VALUE;

  final Kind kind;
  final Duration delay;
  final UnaryOperator<byte[]> mangler;
  final int times;

  private Fault(Kind kind, Duration delay, UnaryOperator<byte[]> mangler, int times) {
    this.kind = kind;
    this.delay = delay;
    this.mangler = mangler;
    this.times = times;
  }

  private static Fault of(Kind kind) {
    return new Fault(kind, Duration.ZERO, UnaryOperator.identity(), ALWAYS);
  }

  /** Answers SERVFAIL, as a resolver does that could not resolve, or found a signature bogus. */
  public static Fault servfail() {
    return of(Kind.SERVFAIL);
  }

  /** Answers REFUSED. */
  public static Fault refused() {
    return of(Kind.REFUSED);
  }

  /** Answers FORMERR. */
  public static Fault formerr() {
    return of(Kind.FORMERR);
  }

  /** Answers FORMERR to a question with an EDNS record, and properly to one without. */
  public static Fault formerrToEdns() {
    return of(Kind.FORMERR_TO_EDNS);
  }

  /** Answers NOTIMP. */
  public static Fault notimp() {
    return of(Kind.NOTIMP);
  }

  /** Never answers. */
  public static Fault drop() {
    return of(Kind.DROP);
  }

  /** Answers after a time. */
  public static Fault delay(Duration by) {
    return new Fault(
        Kind.DELAY, Objects.requireNonNull(by, "by"), UnaryOperator.identity(), ALWAYS);
  }

  /** Answers truncated over UDP, whatever the size; properly over TCP. */
  public static Fault truncate() {
    return of(Kind.TRUNCATE);
  }

  /** Answers truncated over UDP and resets the connection over TCP. */
  public static Fault truncateAndRefuseTcp() {
    return of(Kind.REFUSE_TCP);
  }

  /** Answers truncated over UDP and closes the connection in the middle of the answer over TCP. */
  public static Fault cutTcp() {
    return of(Kind.CUT_TCP);
  }

  /** Answers under another message id, as a forger does who guessed wrong. */
  public static Fault wrongId() {
    return of(Kind.WRONG_ID);
  }

  /** Answers another question than was asked. */
  public static Fault wrongQuestion() {
    return of(Kind.WRONG_QUESTION);
  }

  /**
   * Adds records that do not belong to the answer, in all its sections: owners under {@code
   * foreign.invalid}, the asked owner in another class, and a forged address (6.6.6.6) and exchange
   * ({@code evil.foreign.invalid}).
   */
  public static Fault foreignRecords() {
    return of(Kind.FOREIGN_RECORDS);
  }

  /** Answers bytes that are no DNS message. */
  public static Fault garbage() {
    return of(Kind.GARBAGE);
  }

  /** Sets the AD flag: the server claims that DNSSEC authenticated the answer (RFC 4035, 3.2.3). */
  public static Fault authenticated() {
    return of(Kind.AUTHENTICATED);
  }

  /** Answers with the first alias alone, so that the client must ask for its target itself. */
  public static Fault aliasOnly() {
    return of(Kind.ALIAS_ONLY);
  }

  /** Leaves the SOA record out of negative answers. */
  public static Fault withoutSoa() {
    return of(Kind.WITHOUT_SOA);
  }

  /** Rewrites the bytes of the answer, its message id included, as the last step. */
  public static Fault mangle(UnaryOperator<byte[]> by) {
    return new Fault(Kind.MANGLE, Duration.ZERO, Objects.requireNonNull(by, "by"), ALWAYS);
  }

  /**
   * The same fault for the first so many answers only.
   *
   * @param count at least 1
   */
  public Fault times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("times must be at least 1: " + count);
    }
    return new Fault(kind, delay, mangler, count);
  }

  @Override
  public String toString() {
    return kind + (times == ALWAYS ? "" : " x " + times);
  }
}
