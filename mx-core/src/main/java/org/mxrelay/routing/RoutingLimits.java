package org.mxrelay.routing;

import java.time.Duration;

/**
 * How much one routing may cost, whatever a zone holds. About 3,600 MX records fit one answer, each
 * with thousands of addresses.
 *
 * <p>Immutable.
 *
 * @param exchanges exchanges used at most, at least 1
 * @param addresses addresses used at most over all exchanges, at least 1; RFC 5321, 5.1 asks for
 *     two
 * @param queries DNS queries made at most, at least 3: one for the MX records, two for each host
 * @param budget the time after which no further query begins, more than zero
 */
public record RoutingLimits(int exchanges, int addresses, int queries, Duration budget) {

  /** 10 exchanges, 20 addresses, 40 queries, 30 seconds. */
  public static final RoutingLimits STANDARD =
      new RoutingLimits(10, 20, 40, Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException if a limit is out of its range, naming it and its value
   */
  public RoutingLimits {
    requireAtLeast(1, "exchanges", exchanges);
    requireAtLeast(1, "addresses", addresses);
    requireAtLeast(3, "queries", queries);
    if (budget.isZero() || budget.isNegative()) {
      throw new IllegalArgumentException("budget must be more than zero: " + budget);
    }
  }

  /**
   * These limits with another number of exchanges.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public RoutingLimits withExchanges(int atMost) {
    return new RoutingLimits(atMost, addresses, queries, budget);
  }

  /**
   * These limits with another number of addresses.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public RoutingLimits withAddresses(int atMost) {
    return new RoutingLimits(exchanges, atMost, queries, budget);
  }

  /**
   * These limits with another number of DNS queries.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public RoutingLimits withQueries(int atMost) {
    return new RoutingLimits(exchanges, addresses, atMost, budget);
  }

  /**
   * These limits with another budget of time.
   *
   * @throws IllegalArgumentException if it is not more than zero
   */
  public RoutingLimits withBudget(Duration atMost) {
    return new RoutingLimits(exchanges, addresses, queries, atMost);
  }

  private static void requireAtLeast(int least, String option, int value) {
    if (value < least) {
      throw new IllegalArgumentException(option + " must be at least " + least + ": " + value);
    }
  }
}
