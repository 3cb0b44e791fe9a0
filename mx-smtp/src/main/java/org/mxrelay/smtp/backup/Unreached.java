package org.mxrelay.smtp.backup;

import java.util.Optional;
import org.mxrelay.routing.RouteDecision;

/** No exchange of a primary would have a session. */
final class Unreached extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Optional<RouteDecision.Reason> noRoute;

  Unreached(String why) {
    super(why);
    this.noRoute = Optional.empty();
  }

  Unreached(RouteDecision.Reason noRoute, String why) {
    super(why);
    this.noRoute = Optional.of(noRoute);
  }

  String why() {
    return String.valueOf(getMessage());
  }

  /** Whether the DNS says that nobody is better than we are. */
  boolean isLoop() {
    return noRoute.filter(r -> r == RouteDecision.Reason.LOOP).isPresent();
  }
}
