package org.mxrelay.smtp.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.RateLimit;

/**
 * Says which limit goes for a delivery.
 *
 * <p>Immutable. Pure.
 */
record Rates(List<RateLimit> limits) {

  /** The first limit on messages that matches the destination or one of the exchanges. */
  Optional<RateLimit> messages(Destination destination, List<String> exchanges) {
    return first(limit -> limit.messages().isPresent(), destination, exchanges);
  }

  /** The first limit on connections that matches the destination or one of the exchanges. */
  Optional<RateLimit> connections(Destination destination, List<String> exchanges) {
    return first(limit -> limit.connections().isPresent(), destination, exchanges);
  }

  private Optional<RateLimit> first(
      Predicate<RateLimit> ofThatKind, Destination destination, List<String> exchanges) {
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    String name = destination.toString();
    return limits.stream()
        .filter(ofThatKind)
        .filter(limit -> limit.matches(name) || exchanges.stream().anyMatch(limit::matches))
        .findFirst();
  }
}
