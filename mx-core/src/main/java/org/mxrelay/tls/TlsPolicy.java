package org.mxrelay.tls;

import org.mxrelay.address.Destination;
import org.mxrelay.routing.RouteDecision;

/**
 * Says which of a destination's routes may be used, and what TLS each demands: DANE, MTA-STS, a
 * policy of the caller's own, or {@linkplain #none() none}.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be.
 */
@FunctionalInterface
public interface TlsPolicy extends AutoCloseable {

  /** Leaves every decision as it is and demands nothing. */
  static TlsPolicy none() {
    return (destination, decision) -> TlsPlan.unbound(decision);
  }

  /**
   * What becomes of a routing decision. Asked anew for each attempt.
   *
   * @param destination whose mail it is: what stands behind the recipient's {@code @}, before any
   *     alias was followed
   * @param decision where that mail goes
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS or a
   *     policy's host
   */
  TlsPlan plan(Destination destination, RouteDecision decision) throws InterruptedException;

  @Override
  default void close() {}
}
