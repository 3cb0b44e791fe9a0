package org.mxrelay.tls;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TlsaResolver;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.Route.Origin;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.tls.DaneStatus.Standing;

/**
 * DANE for SMTP (RFC 7672): an exchange says in the DNS, under DNSSEC, which certificate it has.
 * Where it does, it is delivered to over TLS that is verified by those records or not at all.
 *
 * <p>TLSA records are asked for only where the exchange's address is authenticated, and count then,
 * even if the MX records that named the exchange are not. An exchange whose TLSA records cannot be
 * looked up now is left out. Where none of the records can be used, TLS is demanded of whomever.
 * Hosts of static routes may have records too; address literals have none.
 *
 * <p>All of that stands on whom the resolver believes: see {@link org.mxrelay.dns.Dnssec}.
 *
 * <p>Safe for use by several threads. The addresses and MX records that routing just asked for are
 * asked for again, which costs nothing where the resolver keeps answers.
 */
public final class Dane implements TlsPolicy {

  private final MxResolver hosts;
  private final TlsaResolver tlsa;
  private final InstantSource clock;

  private Dane(MxResolver hosts, TlsaResolver tlsa, InstantSource clock) {
    this.hosts = hosts;
    this.tlsa = tlsa;
    this.clock = clock;
  }

  /**
   * DANE as these say.
   *
   * @param hosts answers for MX records and addresses, and how far they are authentic; not closed
   * @param tlsa answers for TLSA records; not closed
   * @param clock bounds the time of all lookups for a destination, to 30 s
   */
  public static Dane of(MxResolver hosts, TlsaResolver tlsa, InstantSource clock) {
    return new Dane(hosts, tlsa, clock);
  }

  /**
   * DANE, and another policy where DANE has no say. An exchange that has TLSA records, and that
   * DNSSEC or the owner says is the destination's, is not subject to the other; of the rest, the
   * stronger demand holds (RFC 8461, 2).
   *
   * @param other closed with the result
   */
  public TlsPolicy before(TlsPolicy other) {
    return new DaneFirst(this, other);
  }

  @Override
  public TlsPlan plan(Destination destination, RouteDecision decision) throws InterruptedException {
    if (!(decision instanceof RouteDecision.Attempt attempt)) {
      return TlsPlan.unbound(decision);
    }
    DaneSearch search = new DaneSearch(hosts, tlsa, clock);
    Map<Route, DaneFinding> findings = new LinkedHashMap<>();
    for (Route route : attempt.routes()) {
      findings.put(route, search.look(route));
    }
    return DaneDecider.decide(attempt, findings, nextHop(destination, attempt));
  }

  /**
   * What the DNS says of the TLSA records of one of a destination's exchanges, for those who judge
   * it and deliver nothing.
   *
   * @param destination whose exchange it is, by an MX record
   * @param port where the exchange listens
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS
   */
  public DaneStatus status(Domain destination, Domain exchange, int port)
      throws InterruptedException {
    DaneFinding finding = new DaneSearch(hosts, tlsa, clock).ask(exchange.name(), port);
    if (finding instanceof DaneFinding.Present present) {
      TlsDemand demand = DaneDecider.demand(present, nextHop(destination));
      return new DaneStatus(Standing.PRESENT, present.records(), Optional.of(demand), "");
    } else if (finding instanceof DaneFinding.Absent absent) {
      return new DaneStatus(Standing.ABSENT, List.of(), Optional.empty(), absent.why());
    } else if (finding instanceof DaneFinding.Unknown unknown) {
      return new DaneStatus(Standing.UNKNOWN, List.of(), Optional.empty(), unknown.why());
    }
    throw new AssertionError(finding);
  }

  private NextHop nextHop(Destination destination, RouteDecision.Attempt attempt)
      throws InterruptedException {
    boolean named = attempt.routes().stream().anyMatch(r -> r.origin() == Origin.MX);
    return named && destination instanceof Domain domain
        ? nextHop(domain)
        : NextHop.UNAUTHENTICATED;
  }

  private NextHop nextHop(Domain domain) throws InterruptedException {
    MxAnswer answer = hosts.exchanges(domain);
    if (answer instanceof MxAnswer.Unresolved) {
      return new NextHop(List.of(), Vouching.UNKNOWN);
    } else if (!answer.facts().isAuthenticated()) {
      return NextHop.UNAUTHENTICATED;
    }
    List<String> names = new ArrayList<>(List.of(domain.name()));
    answer.facts().canonicalName().ifPresent(canonical -> names.add(canonical.name()));
    return new NextHop(names, Vouching.VOUCHED);
  }
}
