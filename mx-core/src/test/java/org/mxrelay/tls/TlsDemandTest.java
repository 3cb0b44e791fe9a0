package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.tls.TlsDemand.Level;

class TlsDemandTest {

  @ParameterizedTest
  @CsvSource({"NONE, sts", "OPPORTUNISTIC, sts", "VERIFIED, sts"})
  void policyAndFloor_theStrongerHolds(Level floor, String reason) throws Exception {
    Route route = route("192.0.2.1");
    TlsPlan plan =
        TlsPlan.of(
            new RouteDecision.Attempt(List.of(route), new Trail(Instant.EPOCH, List.of())),
            TlsDemand.STS);
    TlsDemand demand = plan.demand(route, TlsDemand.byOption(floor));
    assertEquals(new TlsDemand(Level.VERIFIED, reason), demand);
  }

  @Test
  void weakerDemand_givesWayToTheFloor() {
    TlsDemand floor = TlsDemand.byOption(Level.VERIFIED);
    assertEquals(floor, TlsDemand.OPPORTUNISTIC.atLeast(floor));
  }

  @Test
  void freeRoute_hasTheFloor() throws Exception {
    Route route = route("192.0.2.1");
    RouteDecision decision =
        new RouteDecision.Attempt(List.of(route), new Trail(Instant.EPOCH, List.of()));
    TlsDemand floor = TlsDemand.byOption(Level.NONE);
    assertEquals(floor, TlsPlan.unbound(decision).demand(route, floor));
  }

  private static Route route(String address) throws Exception {
    return new Route(
        "mx.example.org",
        10,
        new InetSocketAddress(InetAddress.getByName(address), 25),
        Route.Origin.MX);
  }
}
