package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;

/**
 * The routes of an attempt after an outcome that nobody knows: the exchange that may have the
 * message comes first, since it can tell a duplicate, and no worse preference is tried for hours.
 *
 * <p>Pure.
 */
final class RouteOrder {

  static final Duration MEMORY = Duration.ofHours(4);

  private RouteOrder() {}

  static List<Route> of(List<Route> routes, Delivery delivery, Instant now) {
    return delivery
        .uncertain()
        .filter(u -> now.isBefore(u.at().plus(MEMORY)))
        .map(u -> faithful(routes, u))
        .orElse(routes);
  }

  private static List<Route> faithful(List<Route> routes, Uncertainty to) {
    List<Route> same = routes.stream().filter(r -> r.exchange().equals(to.exchange())).toList();
    List<Route> noWorse =
        routes.stream()
            .filter(r -> !r.exchange().equals(to.exchange()))
            .filter(r -> r.preference() <= to.preference())
            .toList();
    List<Route> order = Stream.concat(same.stream(), noWorse.stream()).toList();
    // The exchange is gone from the DNS and so is its preference's meaning: start afresh.
    return order.isEmpty() ? routes : order;
  }
}
