package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

/** Clients for tests. */
final class Clients {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Clients() {}

  /** So patient that a busy machine makes no difference. */
  static DnsClient.Builder of(ScriptedDnsServer... servers) {
    DnsClient.Builder builder =
        DnsClient.builder()
            .perTry(Duration.ofSeconds(10))
            .total(Duration.ofSeconds(30))
            .clock(ManualClock.at(START));
    for (ScriptedDnsServer server : servers) {
      builder.server(server.address());
    }
    return builder;
  }

  /** For tests in which a server is silent. */
  static DnsClient.Builder impatient(ScriptedDnsServer... servers) {
    return of(servers).perTry(Duration.ofMillis(700));
  }

  /** The exchanges in one line: {@code 10 a.example, 20 b.example}. */
  static String line(MxAnswer answer) {
    MxAnswer.Exchanges exchanges = (MxAnswer.Exchanges) answer;
    return exchanges.records().stream()
        .map(r -> r.preference() + " " + r.exchange())
        .collect(Collectors.joining(", "));
  }

  /** The addresses in one line: {@code 2001:db8:0:0:0:0:0:1, 192.0.2.1}. */
  static String line(AddressAnswer answer) {
    AddressAnswer.Addresses addresses = (AddressAnswer.Addresses) answer;
    return addresses.addresses().stream()
        .map(a -> a.getHostAddress())
        .collect(Collectors.joining(", "));
  }

  static String zone(String... lines) {
    return Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n"));
  }
}
