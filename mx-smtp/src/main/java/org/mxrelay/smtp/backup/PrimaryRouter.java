package org.mxrelay.smtp.backup;

import org.mxrelay.address.Destination;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;

/**
 * Forwards to better exchanges only, and waits where there is none: whatever the DNS says of a
 * relayed domain, its mail does not end by it.
 *
 * <p>Mail for other destinations is our own, reports to senders; it goes as the DNS says. Safe for
 * use by several threads.
 */
final class PrimaryRouter implements Router {

  private final Router router;
  private final Primaries primaries;

  /**
   * @param router knows our own names, and drops us and all that is not better (RFC 5321, 5.1)
   */
  PrimaryRouter(Router router, Primaries primaries) {
    this.router = router;
    this.primaries = primaries;
  }

  @Override
  public RouteDecision route(Destination destination) throws InterruptedException {
    RouteDecision decision = router.route(destination);
    return primaries.of(destination).isPresent() && decision instanceof RouteDecision.Fail fail
        ? waiting(fail)
        : decision;
  }

  private static RouteDecision waiting(RouteDecision.Fail fail) {
    EnhancedStatusCode said = fail.status();
    return new RouteDecision.Defer(
        fail.reason(),
        new EnhancedStatusCode(4, said.subject(), said.detail()),
        "nowhere to forward to: " + fail.why(),
        fail.trail());
  }

  @Override
  public void close() {
    router.close();
  }
}
