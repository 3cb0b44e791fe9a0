package org.mxrelay.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.routing.Finding.Fate;

/** Finds out what becomes of each exchange of a domain. Confined to one thread. */
final class ExchangeSearch {

  private final RoutingOptions options;
  private final AddressSieve sieve;
  private final Lookups lookups;
  private final NoteBook notes;
  private int usable;

  ExchangeSearch(RoutingOptions options, Lookups lookups, NoteBook notes) {
    this.options = options;
    this.sieve = new AddressSieve(options.policy(), options.self());
    this.lookups = lookups;
    this.notes = notes;
  }

  /** One finding for each record, in the same order. */
  List<Finding> findings(List<MxRecord> ordered) throws InterruptedException {
    int ourselves = selfByName(ordered);
    List<Finding> findings = new ArrayList<>();
    for (MxRecord r : ordered) {
      Finding f = r.preference() < ourselves ? unlessFull(r, findings) : notBetter(r);
      ourselves = f.is(Fate.SELF) ? Math.min(ourselves, f.preference()) : ourselves;
      usable += f.is(Fate.USABLE) ? 1 : 0;
      findings.add(f);
    }
    return capped(withoutSelf(findings, ourselves));
  }

  /** What becomes of one exchange, whatever the limits on exchanges. */
  Finding look(Exchange exchange, Domain host) throws InterruptedException {
    Optional<AddressAnswer> found = lookups.addresses(host);
    if (found.isEmpty()) {
      return Finding.without(exchange, Fate.CAPPED, lookups.reached().orElse("a limit"));
    }
    AddressAnswer answer = found.get();
    notes.facts(exchange.name(), answer.facts());
    if (answer instanceof AddressAnswer.Addresses a) {
      return sieve.sift(exchange, a.addresses(), notes);
    } else if (answer instanceof AddressAnswer.NoAddress) {
      return Finding.without(exchange, Fate.NO_ADDRESS, "has no address");
    } else if (answer instanceof AddressAnswer.NoSuchHost) {
      return Finding.without(exchange, Fate.NO_SUCH_HOST, "does not exist");
    } else if (answer instanceof AddressAnswer.Unresolved u) {
      return Finding.without(exchange, Fate.UNRESOLVED, u.why());
    }
    throw new AssertionError(answer);
  }

  private Finding unlessFull(MxRecord r, List<Finding> soFar) throws InterruptedException {
    boolean full = usable >= options.limits().exchanges();
    return full && !mayHideSelf(r, soFar)
        ? beyondCap(exchange(r))
        : look(exchange(r), r.exchange());
  }

  /** Among equals of those already used, an exchange at an address of ours would end them all. */
  private boolean mayHideSelf(MxRecord r, List<Finding> soFar) {
    return !options.self().addresses().isEmpty()
        && soFar.get(soFar.size() - 1).preference() == r.preference();
  }

  private int selfByName(List<MxRecord> ordered) {
    return ordered.stream()
        .filter(r -> options.self().includes(r.exchange()))
        .mapToInt(MxRecord::preference)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /** RFC 5321, 5.1: ourselves and every exchange of an equal or higher preference number go. */
  private List<Finding> withoutSelf(List<Finding> findings, int ourselves) {
    return findings.stream()
        .map(f -> f.preference() < ourselves || f.is(Fate.SELF) ? f : notBetter(f.exchange()))
        .toList();
  }

  private List<Finding> capped(List<Finding> findings) {
    int room = options.limits().exchanges();
    List<Finding> kept = new ArrayList<>();
    for (Finding f : findings) {
      kept.add(f.is(Fate.USABLE) && room-- <= 0 ? beyondCap(f.exchange()) : f);
    }
    return kept;
  }

  private Finding beyondCap(Exchange exchange) {
    return Finding.without(
        exchange, Fate.CAPPED, "beyond the cap of " + options.limits().exchanges() + " exchanges");
  }

  private Finding notBetter(MxRecord r) {
    return options.self().includes(r.exchange())
        ? Finding.without(exchange(r), Fate.SELF, "is ourselves")
        : notBetter(exchange(r));
  }

  private static Finding notBetter(Exchange exchange) {
    return Finding.without(exchange, Fate.SELF, "is not better than ourselves");
  }

  private Exchange exchange(MxRecord r) {
    return new Exchange(r.exchange().name(), r.preference(), options.port());
  }
}
