package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.NameServers;

/** The same cases, as far as real servers can be made to show them, by Knot and Unbound. */
@Tag("interop")
class FaultMatrixInteropTest {

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  static Path dir;

  private static NameServers servers;

  static List<FaultCase> cases() {
    return FaultCase.all().stream().filter(FaultCase::isReal).toList();
  }

  @BeforeAll
  static void start() throws Exception {
    String zone = cases().stream().map(FaultCase::zoneText).collect(Collectors.joining());
    // Unbound knows localhost by itself, and the zone is not its authority.
    servers =
        new NameServers(dir, Map.of("matrix.test", zone.replaceAll("(?m)^localhost\\. .*\n", "")));
    try (DnsClient patient = client().tries(30).total(Duration.ofSeconds(30)).build()) {
      assertInstanceOf(MxAnswer.Exchanges.class, patient.exchanges(new Domain("plain.test")));
    }
  }

  private static DnsClient.Builder client() {
    return DnsClient.builder()
        .server(servers.resolver())
        .perTry(Duration.ofSeconds(10))
        .total(Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fault_leadsTo(FaultCase of) throws InterruptedException {
    of.verify(FaultMatrixTest.decide(of, client().build()));
  }
}
