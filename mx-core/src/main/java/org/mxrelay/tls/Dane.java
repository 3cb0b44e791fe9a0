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
import org.mxrelay.tls.DanePrecedent.Case;
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
  private final BoundedMap<Case, DanePrecedent> precedents = new BoundedMap<>(10_000);

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
    DaneLookups lookups = new DaneLookups(hosts, tlsa, clock);
    Case one = new Case(destination, attempt);
    Optional<DanePrecedent> known = precedents.find(one);
    return known.isPresent() && known.get().holds(lookups)
        ? known.get().plan()
        : planAnew(one, lookups);
  }

  private TlsPlan planAnew(Case one, DaneLookups lookups) throws InterruptedException {
    DaneSearch search = new DaneSearch(lookups);
    Map<Route, DaneFinding> findings = new LinkedHashMap<>();
    for (Route route : one.decision().routes()) {
      findings.put(route, search.look(route));
    }
    NextHop nextHop = nextHop(one, lookups);
    TlsPlan plan = DaneDecider.decide(one.decision(), findings, nextHop);
    DanePrecedent precedent = new DanePrecedent(lookups.heard(), plan);
    // What nobody could tell now, for want of an answer or of time, is asked again.
    boolean untold = findings.values().stream().anyMatch(DaneFinding.Unknown.class::isInstance);
    if (!untold && nextHop.vouching() != Vouching.UNKNOWN && precedent.isLight()) {
      precedents.put(one, precedent);
    }
    return plan;
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
    DaneLookups lookups = new DaneLookups(hosts, tlsa, clock);
    DaneFinding finding = new DaneSearch(lookups).ask(exchange.name(), port);
    if (finding instanceof DaneFinding.Present present) {
      TlsDemand demand = DaneDecider.demand(present, nextHop(destination, lookups));
      return new DaneStatus(Standing.PRESENT, present.records(), Optional.of(demand), "");
    } else if (finding instanceof DaneFinding.Absent absent) {
      return new DaneStatus(Standing.ABSENT, List.of(), Optional.empty(), absent.why());
    } else if (finding instanceof DaneFinding.Unknown unknown) {
      return new DaneStatus(Standing.UNKNOWN, List.of(), Optional.empty(), unknown.why());
    }
    throw new AssertionError(finding);
  }

  private static NextHop nextHop(Case one, DaneLookups lookups) throws InterruptedException {
    boolean named = one.decision().routes().stream().anyMatch(r -> r.origin() == Origin.MX);
    return named && one.destination() instanceof Domain domain
        ? nextHop(domain, lookups)
        : NextHop.UNAUTHENTICATED;
  }

  private static NextHop nextHop(Domain domain, DaneLookups lookups) throws InterruptedException {
    MxAnswer answer = lookups.exchanges(domain);
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
