package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;
import org.mxrelay.routing.RoutingOptions;
import org.mxrelay.routing.SelfNames;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

/** The whole way from a server that does wrong to what becomes of the mail. */
class FaultMatrixTest {

  private static final Map<String, Fault> FAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("servfail", Fault.servfail()),
              Map.entry("refused", Fault.refused()),
              Map.entry("formerr", Fault.formerr()),
              Map.entry("formerrToEdns", Fault.formerrToEdns()),
              Map.entry("notimp", Fault.notimp()),
              Map.entry("drop", Fault.drop()),
              Map.entry("truncate", Fault.truncate()),
              Map.entry("truncateAndRefuseTcp", Fault.truncateAndRefuseTcp()),
              Map.entry("cutTcp", Fault.cutTcp()),
              Map.entry("foreignRecords", Fault.foreignRecords()),
              Map.entry("wrongId", Fault.wrongId()),
              Map.entry("wrongQuestion", Fault.wrongQuestion()),
              Map.entry("garbage", Fault.garbage())));

  static List<FaultCase> cases() {
    return FaultCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fault_leadsTo(FaultCase of) throws InterruptedException {
    try (ScriptedDnsServer server = ScriptedDnsServer.start(of.zoneText())) {
      for (String line : of.faults()) {
        String[] words = line.split(" ");
        server.fault(
            of.full(words[0]), words[1], Objects.requireNonNull(FAULTS.get(words[2]), line));
      }
      boolean isSilent = of.faults().stream().anyMatch(f -> f.endsWith(" drop"));
      DnsClient.Builder client = isSilent ? Clients.impatient(server) : Clients.of(server);
      of.verify(decide(of, client.tries(1).build()));
      assertTrue(server.queries().size() <= 60, () -> "queries: " + server.queries().size());
    }
  }

  /** Routes the case's domain, and closes the client. */
  static RouteDecision decide(FaultCase of, DnsClient client) throws InterruptedException {
    List<String> self = of.self().stream().map(of::full).toList();
    RoutingOptions options = RoutingOptions.STANDARD.withSelf(SelfNames.of(self));
    ManualClock clock = ManualClock.at(Clients.START);
    try (Router router = Router.of(client, options, clock, new SplittableRandom(7))) {
      return router.route(new Domain(of.domain()));
    }
  }

  @Test
  void names_areUniqueAndTwentyAreAlsoPutToRealServers() {
    Set<String> names = new HashSet<>();
    cases().forEach(c -> assertTrue(names.add(c.name().toLowerCase(Locale.ROOT)), c.name()));
    assertTrue(cases().stream().filter(FaultCase::isReal).count() >= 20);
    assertEquals(cases().size(), names.size());
  }
}
