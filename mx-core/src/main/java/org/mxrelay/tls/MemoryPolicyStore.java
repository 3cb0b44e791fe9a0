package org.mxrelay.tls;

import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;

/** Keeps policies in memory. Thread-safe. */
final class MemoryPolicyStore implements PolicyStore {

  private final BoundedMap<Domain, StoredPolicy> kept = new BoundedMap<>(10_000);

  @Override
  public Optional<StoredPolicy> load(Domain domain) {
    return kept.find(domain);
  }

  @Override
  public List<Domain> domains() {
    return kept.keys();
  }

  @Override
  public void save(Domain domain, StoredPolicy policy) {
    kept.put(domain, policy);
  }
}
