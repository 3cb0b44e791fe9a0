package org.mxrelay.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxrelay.address.Destination;
import org.mxrelay.address.DestinationTable;

/**
 * A policy with others for some destinations: a partner whose host restarts at noon is tried again
 * in a minute, a list's subscribers at a busy provider are not.
 *
 * <p>Immutable, if the policies within are.
 *
 * @param standard for every destination that the table does not name
 * @param others by destination
 */
public record RetryByDestination(RetryPolicy standard, DestinationTable<RetryPolicy> others)
    implements RetryPolicy {

  /** A policy without exceptions as yet. */
  public static RetryByDestination of(RetryPolicy standard) {
    return new RetryByDestination(standard, DestinationTable.empty());
  }

  /**
   * This policy and another one for some destinations.
   *
   * @param pattern of destinations, as {@link DestinationTable} has them
   * @throws IllegalArgumentException if the pattern is none, or is there already
   */
  public RetryByDestination with(String pattern, RetryPolicy policy) {
    try {
      return new RetryByDestination(standard, others.and(pattern, policy));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("retry policy: " + e.getMessage(), e);
    }
  }

  @Override
  public RetryPolicy toward(Destination destination) {
    return others.find(destination).orElse(standard).toward(destination);
  }

  @Override
  public RetrySchedule schedule() {
    return standard.schedule();
  }

  /** The shortest of all: no message expires before that age, whatever its destination. */
  @Override
  public Duration expiry() {
    return Stream.concat(Stream.of(standard), others.values().stream())
        .map(RetryPolicy::expiry)
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /** The shortest of all: no message is late before that age, whatever its destination. */
  @Override
  public Optional<Duration> delayNotice() {
    return Stream.concat(Stream.of(standard), others.values().stream())
        .flatMap(policy -> policy.delayNotice().stream())
        .min(Duration::compareTo);
  }

  @Override
  public Decision decide(RetryCase of) {
    return standard.decide(of);
  }
}
