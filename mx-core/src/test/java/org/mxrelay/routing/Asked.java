package org.mxrelay.routing;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

/** Asks a router about a zone, and says what it answered in one line. */
final class Asked {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Asked() {}

  static RouteDecision route(String zone, String domain) {
    return route(zone, domain, RoutingOptions.STANDARD);
  }

  static RouteDecision route(String zone, String domain, RoutingOptions options) {
    return route(FakeMxResolver.of(zone), new Domain(domain), options);
  }

  static RouteDecision literal(String digits, RoutingOptions options) {
    Destination literal = new AddressLiteral(IpAddress.parse(digits));
    return route(FakeMxResolver.of(""), literal, options);
  }

  static RouteDecision route(
      FakeMxResolver resolver, Destination destination, RoutingOptions options) {
    Router router =
        Router.of(resolver, options, ManualClock.at(START), new SplittableRandom(20_261_123L));
    return route(router, destination);
  }

  static RouteDecision route(Router router, Destination destination) {
    try {
      return router.route(destination);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static RoutingOptions self(String... names) {
    return RoutingOptions.STANDARD.withSelf(SelfNames.of(List.of(names)));
  }

  /** {@code 10 mx1.example 192.0.2.1, ...}, or {@code fail 5.1.2 NO_MAIL_HOST}. */
  static String text(RouteDecision decision) {
    return decision.<String>fold(
        a -> String.join(", ", a.routes().stream().map(Asked::text).toList()),
        d -> "defer " + d.status() + " " + d.reason(),
        f -> "fail " + f.status() + " " + f.reason());
  }

  private static String text(Route r) {
    return r.preference() + " " + r.exchange() + " " + IpAddress.format(r.address().getAddress());
  }
}
