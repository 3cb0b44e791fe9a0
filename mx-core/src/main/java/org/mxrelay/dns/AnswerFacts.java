package org.mxrelay.dns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;

/**
 * What is known of a DNS answer besides its records.
 *
 * <p>Immutable.
 *
 * @param validUntil until when the answer may be used, by its remaining time to live and our clamps
 * @param security whether a validating resolver vouched for it
 * @param notes what was odd about it, in words: records ignored, aliases followed
 * @param canonicalName the name that the answer is about, if the name asked for is an alias of it
 *     and it can be a host's
 */
public record AnswerFacts(
    Instant validUntil, Security security, List<String> notes, Optional<Domain> canonicalName) {

  public AnswerFacts {
    notes = List.copyOf(notes);
  }

  /** Facts of an answer about the very name that was asked for. */
  public AnswerFacts(Instant validUntil, Security security, List<String> notes) {
    this(validUntil, security, notes, Optional.empty());
  }

  /** Whether DNSSEC authenticated the whole answer, as far as we trust who says so. */
  public boolean isAuthenticated() {
    return security == Security.AUTHENTICATED;
  }

  /** Whether a resolver that we trust said that DNSSEC authenticated the whole answer. */
  public enum Security {
    AUTHENTICATED,
    UNAUTHENTICATED
  }
}
