package org.mxrelay.routing;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.mxrelay.address.Destination;
import org.mxrelay.dns.MxResolver;

/**
 * Says where a destination's mail goes.
 *
 * <p>Safe for use by several threads.
 */
@FunctionalInterface
public interface Router extends AutoCloseable {

  /**
   * A router that obeys static routes first and the DNS otherwise (RFC 5321, 5.1).
   *
   * @param resolver answers for the DNS; the router closes it
   * @param options what the owner says
   * @param clock bounds the time of lookups
   * @param random spreads equal preferences; drawn from by one thread at a time
   */
  static Router of(
      MxResolver resolver, RoutingOptions options, InstantSource clock, RandomGenerator random) {
    return new DestinationRouter(resolver, options, clock, random);
  }

  /**
   * Where the destination's mail goes now. Asked anew for each attempt: equal preferences are
   * spread at random each time (RFC 5321, 5.1).
   *
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS
   */
  RouteDecision route(Destination destination) throws InterruptedException;

  @Override
  default void close() {}
}
