package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import org.mxrelay.dns.Lookup.Outcome;
import org.xbill.DNS.TLSARecord;

/** Answers beyond their time that stand in for those that cannot be had (RFC 8767). Stateless. */
final class StandIns {

  /** RFC 8767, 4: 30 seconds, for whoever keeps the answer. */
  private static final Duration LIFE = Duration.ofSeconds(30);

  private StandIns() {}

  /**
   * Whether an old answer does no harm. That there is no such name, no record or a null MX would
   * fail mail for good, and so would an old alias to a name that is gone: for that the word must be
   * fresh. A key that was taken back must not come back either.
   */
  static boolean mayServe(Lookup lookup) {
    return lookup.is(Outcome.FOUND)
        && !MxAnswers.isNullMx(lookup)
        && lookup.records().stream().noneMatch(TLSARecord.class::isInstance);
  }

  /**
   * The answer, marked as old. It stays as authentic as it was: an attacker who could make it less
   * would rid us of DANE by breaking the DNS.
   */
  static Lookup of(Lookup old, String why, Instant now) {
    String words = "the last known answer used, past its time, since the DNS failed: " + why;
    Instant until = now.plus(LIFE);
    return new Lookup(
        old.outcome(), old.records(), old.aliases(), until, old.authenticated(), words);
  }
}
