package org.mxrelay.routing;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.routing.Precedents.Case;
import org.mxrelay.routing.Route.Origin;
import org.mxrelay.routing.RouteDecision.Trail;

/** Routes by the DNS: RFC 5321, 5.1 and RFC 7505. */
final class MxRouter {

  private final MxResolver resolver;
  private final RoutingOptions options;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Precedents precedents = new Precedents();

  MxRouter(
      MxResolver resolver, RoutingOptions options, InstantSource clock, RandomGenerator random) {
    this.resolver = resolver;
    this.options = options;
    this.clock = clock;
    this.random = random;
  }

  RouteDecision route(Domain domain) throws InterruptedException {
    Lookups lookups = new Lookups(resolver, options.limits(), clock);
    NoteBook notes = new NoteBook();
    MxAnswer answer = lookups.exchanges(domain);
    notes.facts(domain.name(), answer.facts());
    if (answer instanceof MxAnswer.Exchanges mx) {
      // RFC 5321, 5.1: where MX records exist, the domain's own address is never used.
      Case one = new Case(domain, ExchangeOrder.of(mx.records(), random));
      return new Search(one, Origin.MX, lookups, notes).decide(answer);
    } else if (answer instanceof MxAnswer.NoMx) {
      // RFC 5321, 5.1: the domain is treated as if it named itself with preference 0.
      Case one = new Case(domain, List.of(new MxRecord(0, domain)));
      return new Search(one, Origin.IMPLICIT_MX, lookups, notes).decide(answer);
    }
    return withoutExchange(domain.name(), answer, new Trail(lookups.validUntil(), notes.notes()));
  }

  /** An address given outright: there is no MX to ask for, and the address policy holds. */
  RouteDecision route(AddressLiteral literal) {
    NoteBook notes = new NoteBook();
    Exchange exchange = new Exchange(literal.toString(), 0, options.port());
    List<InetAddress> address = List.of(literal.address());
    Finding finding =
        new AddressSieve(options.policy(), options.self()).sift(exchange, address, notes);
    return new RoutePlan(exchange.name(), Origin.LITERAL, 1)
        .decide(List.of(finding), notes, clock.instant());
  }

  private static RouteDecision withoutExchange(String domain, MxAnswer answer, Trail trail) {
    if (answer instanceof MxAnswer.NullMx) {
      return Verdicts.nullMx(domain, trail);
    } else if (answer instanceof MxAnswer.NoSuchDomain) {
      return Verdicts.noSuchDomain(domain, trail);
    } else if (answer instanceof MxAnswer.Unresolved u) {
      return Verdicts.unresolved(domain, u.why(), trail);
    }
    throw new AssertionError(answer);
  }

  private final class Search {
    private final Case one;
    private final Origin origin;
    private final Lookups lookups;
    private final NoteBook notes;

    Search(Case one, Origin origin, Lookups lookups, NoteBook notes) {
      this.one = one;
      this.origin = origin;
      this.lookups = lookups;
      this.notes = notes;
    }

    RouteDecision decide(MxAnswer answer) throws InterruptedException {
      Optional<Precedent> known = precedents.find(one);
      if (known.isPresent() && known.get().holds(answer, lookups)) {
        return known.get().decision();
      }
      RouteDecision decision = decideAnew();
      // A limit in time may not be met again, and a policy of the owner's own may change its mind.
      if (decision instanceof RouteDecision.Attempt attempt
          && !lookups.isLimited()
          && options.policy() instanceof SteadyPolicy) {
        precedents.keep(one, new Precedent(answer, lookups.asked(), attempt));
      }
      return decision;
    }

    private RouteDecision decideAnew() throws InterruptedException {
      List<Finding> findings = new ExchangeSearch(options, lookups, notes).findings(one.ordered());
      return new RoutePlan(one.domain().name(), origin, options.limits().addresses())
          .decide(findings, notes, lookups.validUntil());
    }
  }
}
