package org.mxrelay.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.routing.Route;

/** Looks for the TLSA records of the exchanges of one decision. Confined to one thread. */
final class DaneSearch {

  private final DaneLookups lookups;
  private final Map<String, DaneFinding> found = new HashMap<>();

  DaneSearch(DaneLookups lookups) {
    this.lookups = lookups;
  }

  DaneFinding look(Route route) throws InterruptedException {
    int port = route.address().getPort();
    String key = route.exchange() + ":" + port;
    DaneFinding known = found.get(key);
    if (known == null) {
      known = ask(route.exchange(), port);
      found.put(key, known);
    }
    return known;
  }

  /** What the DNS says of an exchange that listens there. */
  DaneFinding ask(String exchange, int port) throws InterruptedException {
    Optional<Domain> name = name(exchange);
    if (name.isEmpty()) {
      return new DaneFinding.Absent("it has no name in the DNS");
    } else if (lookups.isLate()) {
      return new DaneFinding.Unknown(
          "the DNS took longer than " + DaneLookups.BUDGET.toSeconds() + " s");
    }
    AddressAnswer addresses = lookups.addresses(name.get());
    if (addresses instanceof AddressAnswer.Unresolved u) {
      return new DaneFinding.Unknown(u.why());
    }
    List<Domain> bases = new ArrayList<>(List.of(name.get()));
    if (addresses.facts().isAuthenticated()) {
      // RFC 7672, 2.2.2: first where the aliases lead, then the name itself.
      addresses.facts().canonicalName().ifPresent(target -> bases.add(0, target));
      return ask(bases, port);
    }
    // Whoever hides a signature hides it from validating resolvers in vain; servers of unsigned
    // zones fail on TLSA too often to be asked (RFC 7672, 2.2.2).
    return addresses.facts().canonicalName().isPresent()
        ? askBehindAlias(name.get(), port)
        : new DaneFinding.Absent("its addresses are not authenticated by DNSSEC");
  }

  /** The alias is in a signed zone, perhaps, though its target is not. */
  private DaneFinding askBehindAlias(Domain alias, int port) throws InterruptedException {
    return switch (lookups.aliasTrust(alias)) {
      case AUTHENTICATED -> ask(List.of(alias), port);
      case UNAUTHENTICATED ->
          new DaneFinding.Absent("neither its addresses nor its alias are authenticated by DNSSEC");
      case UNRESOLVED -> new DaneFinding.Unknown("its alias cannot be looked up");
    };
  }

  private DaneFinding ask(List<Domain> bases, int port) throws InterruptedException {
    for (int i = 0; i < bases.size(); i++) {
      Optional<Domain> owner = owner(bases.get(i), port);
      if (owner.isPresent()) {
        TlsaAnswer answer = lookups.tlsa(owner.get());
        if (answer instanceof TlsaAnswer.Unresolved u) {
          // RFC 7672, 2.1.2: who could break that lookup would otherwise be rid of DANE.
          return new DaneFinding.Unknown(u.why());
        } else if (answer instanceof TlsaAnswer.Records r && r.facts().isAuthenticated()) {
          return new DaneFinding.Present(
              bases.get(i), bases.subList(i + 1, bases.size()), r.records());
        }
      }
    }
    return new DaneFinding.Absent("it has no TLSA records that DNSSEC authenticates");
  }

  private static Optional<Domain> owner(Domain base, int port) {
    return domain("_" + port + "._tcp." + base.name());
  }

  /** RFC 6761, 6.3: {@code localhost} is not asked of the DNS. */
  private static Optional<Domain> name(String exchange) {
    return exchange.equals("localhost") || exchange.endsWith(".localhost")
        ? Optional.empty()
        : domain(exchange);
  }

  private static Optional<Domain> domain(String name) {
    try {
      return Optional.of(new Domain(name));
    } catch (InvalidAddressException e) {
      return Optional.empty();
    }
  }
}
