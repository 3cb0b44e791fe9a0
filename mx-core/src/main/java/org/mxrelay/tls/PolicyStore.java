package org.mxrelay.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;

/**
 * Where policies are kept between their uses. What is kept protects against whoever can hide a
 * policy for a while, so that a store that outlives the process is the better one.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. It may drop
 * what does not fit; what it throws is logged, and the policy is fetched again.
 */
public interface PolicyStore {

  /** What is kept for a domain, valid or not. */
  Optional<StoredPolicy> load(Domain domain);

  /** Keeps a policy in the place of an older one. */
  void save(Domain domain, StoredPolicy policy);

  /** The domains for which something is kept, for their policies to be refreshed; may be none. */
  default List<Domain> domains() {
    return List.of();
  }

  /** Keeps them in this process: 10,000 at most, the least recently used give way. */
  static PolicyStore inMemory() {
    return new MemoryPolicyStore();
  }

  /**
   * Keeps them in a folder, a file for each domain: 10,000 at most, the oldest give way. Several
   * processes may share the folder. It is made when the first policy is kept.
   */
  static PolicyStore files(Path folder) {
    return new FilePolicyStore(folder);
  }
}
