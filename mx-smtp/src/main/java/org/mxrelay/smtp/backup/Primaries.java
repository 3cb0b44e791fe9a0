package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;

/**
 * The domains that are relayed, and the primary of each.
 *
 * <p>Immutable, apart from the primaries' own states.
 */
final class Primaries {

  private final Map<Domain, Primary> byDomain;

  private Primaries(Map<Domain, Primary> byDomain) {
    this.byDomain = byDomain;
  }

  /**
   * @param hosts the owner's word on the primary of all; empty for the DNS's word on each
   */
  static Primaries of(Set<Domain> domains, List<String> hosts, Instant now) {
    Map<Domain, Primary> all = new LinkedHashMap<>();
    if (hosts.isEmpty()) {
      domains.forEach(d -> all.put(d, new Primary(d.name(), d, now)));
    } else {
      Primary one = new Primary(String.join(", ", hosts), domains.iterator().next(), now);
      domains.forEach(d -> all.put(d, one));
    }
    return new Primaries(all);
  }

  /** The primary of a destination; nothing if we do not relay for it. */
  Optional<Primary> of(Destination destination) {
    return destination.fold(d -> Optional.ofNullable(byDomain.get(d)), literal -> Optional.empty());
  }

  Set<Domain> domains() {
    return byDomain.keySet();
  }

  /** The domains whose primary that is. */
  List<Domain> domainsOf(Primary primary) {
    return byDomain.entrySet().stream()
        .filter(e -> e.getValue() == primary)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Each primary once. */
  Collection<Primary> all() {
    return new LinkedHashSet<>(byDomain.values());
  }

  /** The only one, if there is only one. */
  Optional<Primary> only() {
    Collection<Primary> all = all();
    return all.size() == 1 ? all.stream().findFirst() : Optional.empty();
  }
}
