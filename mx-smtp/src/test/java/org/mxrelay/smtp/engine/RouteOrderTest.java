package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Destination;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;

class RouteOrderTest {

  private static final String ROUTES = "10 mx1, 10 mx2, 20 mx3, 20 mx4, 30 mx5";

  @ParameterizedTest
  @CsvSource({
    // what is remembered, minutes ago, the order
    "10 mx1, 0, mx1 mx2",
    "10 mx2, 16, mx2 mx1",
    "20 mx4, 16, mx4 mx1 mx2 mx3",
    "30 mx5, 239, mx5 mx1 mx2 mx3 mx4",
    "10 mx2, 240, mx1 mx2 mx3 mx4 mx5",
    "10 gone, 16, mx1 mx2",
    "5 gone, 16, mx1 mx2 mx3 mx4 mx5",
  })
  void afterAnUncertainOutcome_thatExchangeComesFirstAndNoWorseOne(
      String remembered, int minutesAgo, String order) {
    String[] parts = remembered.split(" ");
    Instant then = Rig.START.minus(Duration.ofMinutes(minutesAgo));
    Uncertainty uncertainty = new Uncertainty(parts[1], Integer.parseInt(parts[0]), then);

    assertEquals(order, order(Optional.of(uncertainty)));
  }

  @ParameterizedTest
  @CsvSource("mx1 mx2 mx3 mx4 mx5")
  void withoutAnUncertainOutcome_theRoutersOrderStands(String order) {
    assertEquals(order, order(Optional.empty()));
  }

  private static String order(Optional<Uncertainty> uncertainty) {
    Rig rig = new Rig();
    rig.submit("bob@shop.example", "ann@example.org");
    Delivery d = rig.onlyPending();
    Delivery delivery =
        new Delivery(
            d.id(),
            d.submission(),
            d.destination(),
            d.reversePath(),
            d.options(),
            d.open(),
            d.facts(),
            d.queuedAt(),
            d.due(),
            1,
            uncertainty,
            d.delayNoticed());
    List<Route> routes =
        new FakeRouter().to("example.org", ROUTES).route(Destination.parse("example.org")).routes();
    return RouteOrder.of(routes, delivery, Rig.START).stream()
        .map(Route::exchange)
        .collect(Collectors.joining(" "));
  }
}
