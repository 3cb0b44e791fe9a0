package org.mxrelay.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaResolver;
import org.mxrelay.dns.TlsaResolver.AliasTrust;

/** The lookups for one decision, with what was said, in their order. Confined to one thread. */
final class DaneLookups {

  /** After that no further exchange is looked at; a lookup that has begun has its own limit. */
  static final Duration BUDGET = Duration.ofSeconds(30);

  private enum Kind {
    EXCHANGES,
    ADDRESSES,
    TLSA,
    ALIAS_TRUST
  }

  /** A question and what was said. */
  record Heard(Question question, Object answer) {}

  private record Question(Kind kind, Domain name) {}

  private final MxResolver hosts;
  private final TlsaResolver tlsa;
  private final InstantSource clock;
  private final Instant began;
  private final List<Heard> heard = new ArrayList<>();
  private int told;

  DaneLookups(MxResolver hosts, TlsaResolver tlsa, InstantSource clock) {
    this.hosts = hosts;
    this.tlsa = tlsa;
    this.clock = clock;
    this.began = clock.instant();
  }

  MxAnswer exchanges(Domain domain) throws InterruptedException {
    return (MxAnswer) hear(new Question(Kind.EXCHANGES, domain));
  }

  AddressAnswer addresses(Domain host) throws InterruptedException {
    return (AddressAnswer) hear(new Question(Kind.ADDRESSES, host));
  }

  TlsaAnswer tlsa(Domain name) throws InterruptedException {
    return (TlsaAnswer) hear(new Question(Kind.TLSA, name));
  }

  AliasTrust aliasTrust(Domain name) throws InterruptedException {
    return (AliasTrust) hear(new Question(Kind.ALIAS_TRUST, name));
  }

  /** Whether it took so long that no further exchange is looked at. */
  boolean isLate() {
    return Duration.between(began, clock.instant()).compareTo(BUDGET) >= 0;
  }

  List<Heard> heard() {
    return heard;
  }

  /**
   * Asks the question that will be asked next.
   *
   * @return whether the answer is still that one
   */
  boolean foresee(Heard expected) throws InterruptedException {
    return !isLate() && ask(expected.question()) == expected.answer();
  }

  private Object hear(Question question) throws InterruptedException {
    Object answer = told < heard.size() ? heard.get(told).answer() : ask(question);
    told++;
    return answer;
  }

  private Object ask(Question question) throws InterruptedException {
    Domain name = question.name();
    Object answer =
        switch (question.kind()) {
          case EXCHANGES -> hosts.exchanges(name);
          case ADDRESSES -> hosts.addresses(name);
          case TLSA -> tlsa.tlsa(name);
          case ALIAS_TRUST -> tlsa.aliasTrust(name);
        };
    heard.add(new Heard(question, answer));
    return answer;
  }
}
