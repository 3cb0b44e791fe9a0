package org.mxrelay.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.Lookup.Outcome;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Judges what the lookups of both address families mean together. Stateless. */
final class AddressAnswers {

  static final int MOST_ADDRESSES_A_FAMILY = 100;

  private AddressAnswers() {}

  /**
   * @param families what was found of AAAA and of A records, in that order
   */
  static AddressAnswer judge(Domain host, List<Lookup> families) {
    return judge(host, families.get(0), families.get(1));
  }

  static AddressAnswer judge(Domain host, Lookup aaaa, Lookup a) {
    Notes notes = new Notes();
    noteAliases(host, aaaa.is(Outcome.FOUND) ? aaaa : a, notes);
    List<InetAddress> addresses = new ArrayList<>(addresses(host, aaaa, notes));
    addresses.addAll(addresses(host, a, notes));
    if (!addresses.isEmpty()) {
      noteFailure("AAAA", aaaa, notes);
      noteFailure("A", a, notes);
      return new AddressAnswer.Addresses(addresses, facts(aaaa, a, notes));
    } else if (aaaa.is(Outcome.UNRESOLVED) || a.is(Outcome.UNRESOLVED)) {
      // RFC 4074, 4.2: servers there are that say NXDOMAIN of AAAA though the host has an A.
      return new AddressAnswer.Unresolved(why(aaaa, a), facts(aaaa, a, notes));
    } else if (aaaa.is(Outcome.NO_NAME) && a.is(Outcome.NO_NAME)) {
      return new AddressAnswer.NoSuchHost(facts(aaaa, a, notes));
    }
    return new AddressAnswer.NoAddress(facts(aaaa, a, notes));
  }

  private static void noteAliases(Domain host, Lookup lookup, Notes notes) {
    if (!lookup.aliases().isEmpty()) {
      Name target = lookup.aliases().get(lookup.aliases().size() - 1);
      notes.add(host + " is an alias of " + target.toString(true) + " (against RFC 2181, 10.3)");
    }
  }

  private static Set<InetAddress> addresses(Domain host, Lookup lookup, Notes notes) {
    Set<InetAddress> found = new LinkedHashSet<>();
    for (Record record : lookup.records()) {
      found.add(address(host, record));
    }
    if (found.size() <= MOST_ADDRESSES_A_FAMILY) {
      return found;
    }
    notes.add(
        "only the first " + MOST_ADDRESSES_A_FAMILY + " of " + found.size() + " addresses used");
    Set<InetAddress> first = new LinkedHashSet<>();
    found.stream().limit(MOST_ADDRESSES_A_FAMILY).forEach(first::add);
    return first;
  }

  private static InetAddress address(Domain host, Record record) {
    InetAddress raw =
        record instanceof AAAARecord v6 ? v6.getAddress() : ((ARecord) record).getAddress();
    try {
      // With the name, so that nothing ever looks it up by the address.
      return InetAddress.getByAddress(host.name(), raw.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of no known length", e);
    }
  }

  private static void noteFailure(String family, Lookup lookup, Notes notes) {
    if (lookup.is(Outcome.FOUND)) {
      notes.addUnlessEmpty(lookup.why());
    } else if (lookup.is(Outcome.UNRESOLVED)) {
      notes.add(family + " not resolved: " + lookup.why());
    } else if (lookup.is(Outcome.NO_NAME)) {
      notes.add(family + " said not to exist, though the host does");
    }
  }

  private static String why(Lookup aaaa, Lookup a) {
    if (aaaa.is(Outcome.UNRESOLVED) && a.is(Outcome.UNRESOLVED)) {
      return aaaa.why().equals(a.why()) ? a.why() : "A: " + a.why() + "; AAAA: " + aaaa.why();
    }
    return a.is(Outcome.UNRESOLVED) ? "A: " + a.why() : "AAAA: " + aaaa.why();
  }

  /** A family that did not resolve has no say in how long and how securely the other is known. */
  private static AnswerFacts facts(Lookup aaaa, Lookup a, Notes notes) {
    List<Lookup> definite =
        Stream.of(aaaa, a).filter(lookup -> !lookup.is(Outcome.UNRESOLVED)).toList();
    List<Lookup> mattered = definite.isEmpty() ? List.of(aaaa, a) : definite;
    Instant until = mattered.stream().map(Lookup::validUntil).min(Instant::compareTo).orElseThrow();
    boolean authenticated = mattered.stream().allMatch(Lookup::authenticated);
    return new AnswerFacts(
        until,
        authenticated ? AnswerFacts.Security.AUTHENTICATED : AnswerFacts.Security.UNAUTHENTICATED,
        notes.toList(),
        aliased(mattered).canonicalName());
  }

  private static Lookup aliased(List<Lookup> mattered) {
    return mattered.stream()
        .filter(lookup -> lookup.is(Outcome.FOUND))
        .findFirst()
        .orElse(mattered.get(0));
  }
}
