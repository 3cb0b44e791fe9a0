package org.mxrelay.routing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;

/** The lookups of one routing, within its limits. Confined to one thread. */
final class Lookups {

  private static final int FAMILIES = 2;

  private final MxResolver resolver;
  private final RoutingLimits limits;
  private final InstantSource clock;
  private final Instant began;
  private Instant validUntil = Instant.MAX;
  private int queries;

  Lookups(MxResolver resolver, RoutingLimits limits, InstantSource clock) {
    this.resolver = resolver;
    this.limits = limits;
    this.clock = clock;
    this.began = clock.instant();
  }

  MxAnswer exchanges(Domain domain) throws InterruptedException {
    queries++;
    MxAnswer answer = resolver.exchanges(domain);
    used(answer.facts());
    return answer;
  }

  /** The answer, or nothing if a limit has been reached: see {@link #reached}. */
  Optional<AddressAnswer> addresses(Domain host) throws InterruptedException {
    if (reached().isPresent()) {
      // What was not asked may be asked next time, and answered otherwise.
      validUntil = began;
      return Optional.empty();
    }
    queries += FAMILIES;
    AddressAnswer answer = resolver.addresses(host);
    used(answer.facts());
    return Optional.of(answer);
  }

  /** Which limit has been reached, in words. */
  Optional<String> reached() {
    if (queries + FAMILIES > limits.queries()) {
      return Optional.of("the limit of " + limits.queries() + " DNS queries was reached");
    }
    if (Duration.between(began, clock.instant()).compareTo(limits.budget()) >= 0) {
      return Optional.of("the DNS took longer than " + limits.budget());
    }
    return Optional.empty();
  }

  /** Until when all answers used are valid; the beginning if none was. */
  Instant validUntil() {
    return validUntil.equals(Instant.MAX) ? began : validUntil;
  }

  private void used(AnswerFacts facts) {
    if (facts.validUntil().isBefore(validUntil)) {
      validUntil = facts.validUntil();
    }
  }
}
