package org.mxrelay.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.address.Domain;
import org.mxrelay.tls.TlsOutcome.PolicyType;

/**
 * Counts the outcomes of sessions as a report on TLS needs them: by domain and policy, and failures
 * by their kind and exchange (RFC 8460, 4.4).
 *
 * <p>Safe for use by several threads.
 */
public final class TlsTally {

  /** Whom a count is of. */
  public record Key(Domain domain, PolicyType policy) {}

  /** A kind of failure with one exchange. */
  public record Trouble(TlsFailure failure, String exchange) {}

  /**
   * What was counted.
   *
   * @param successful sessions that had the TLS that they should have
   * @param failed all others
   * @param troubles the failed ones by kind and exchange; the sum is less than {@code failed} where
   *     there were more kinds than are kept
   */
  public record Counts(long successful, long failed, Map<Trouble, Long> troubles) {

    private static final int MOST_TROUBLES = 100;
    private static final Counts NONE = new Counts(0, 0, Map.of());

    public Counts {
      troubles = Map.copyOf(troubles);
    }

    private Counts and(TlsOutcome outcome) {
      Optional<TlsFailure> failure = outcome.failure();
      if (failure.isEmpty()) {
        return new Counts(successful + 1, failed, troubles);
      }
      Map<Trouble, Long> more = new LinkedHashMap<>(troubles);
      Trouble trouble = new Trouble(failure.get(), outcome.exchange());
      if (more.containsKey(trouble) || more.size() < MOST_TROUBLES) {
        more.merge(trouble, 1L, Long::sum);
      }
      return new Counts(successful, failed + 1, more);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final int mostKeys;
  private Map<Key, Counts> counts = new LinkedHashMap<>();

  /**
   * An empty tally.
   *
   * @param mostKeys how many pairs of domain and policy are counted, at least 1; outcomes of others
   *     are left out
   * @throws IllegalArgumentException if it is less
   */
  public TlsTally(int mostKeys) {
    if (mostKeys < 1) {
      throw new IllegalArgumentException("mostKeys must be at least 1: " + mostKeys);
    }
    this.mostKeys = mostKeys;
  }

  /** Counts a session. */
  public void add(TlsOutcome outcome) {
    Key key = new Key(outcome.domain(), outcome.policy());
    lock.lock();
    try {
      if (counts.containsKey(key) || counts.size() < mostKeys) {
        counts.merge(key, Counts.NONE.and(outcome), (old, one) -> old.and(outcome));
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was counted since the last time, and starts anew: the end of a report's day. */
  public Map<Key, Counts> take() {
    lock.lock();
    try {
      Map<Key, Counts> all = counts;
      counts = new LinkedHashMap<>();
      return Map.copyOf(all);
    } finally {
      lock.unlock();
    }
  }
}
