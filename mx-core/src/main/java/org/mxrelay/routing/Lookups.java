package org.mxrelay.routing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private boolean limited;
  private final List<Precedent.Host> asked = new ArrayList<>();
  private int told;

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
    Optional<AddressAnswer> answer =
        told < asked.size() ? Optional.of(asked.get(told).answer()) : ask(host);
    told++;
    return answer;
  }

  /**
   * Asks for the addresses that will be wanted next.
   *
   * @return whether the answer is still that one
   */
  boolean foresee(Domain host, AddressAnswer expected) throws InterruptedException {
    Optional<AddressAnswer> now = ask(host);
    return now.isPresent() && now.get() == expected;
  }

  private Optional<AddressAnswer> ask(Domain host) throws InterruptedException {
    if (reached().isPresent()) {
      // What was not asked may be asked next time, and answered otherwise.
      validUntil = began;
      limited = true;
      return Optional.empty();
    }
    queries += FAMILIES;
    AddressAnswer answer = resolver.addresses(host);
    used(answer.facts());
    asked.add(new Precedent.Host(host, answer));
    return Optional.of(answer);
  }

  /** Whose addresses were asked for so far, and what was said. */
  List<Precedent.Host> asked() {
    return asked;
  }

  /** Whether something was not asked because of a limit. */
  boolean isLimited() {
    return limited;
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
