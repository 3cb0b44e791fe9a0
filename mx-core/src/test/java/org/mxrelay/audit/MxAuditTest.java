package org.mxrelay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.IpAddress;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

class MxAuditTest {

  private final ScriptedDnsServer dns =
      ScriptedDnsServer.start(
          """
          example.org.      3600 MX   10 mx1.example.org.
          example.org.      3600 MX   20 mx2.example.org.
          mx1.example.org.  3600 A    192.0.2.1
          mx1.example.org.  3600 AAAA 2001:db8::1
          mx2.example.org.  3600 A    10.0.0.1
          """);
  private final DnsClient client =
      DnsClient.builder()
          .server(dns.address())
          .perTry(Duration.ofSeconds(20))
          .total(Duration.ofSeconds(60))
          .build();
  private final List<ProbeTarget> asked = new ArrayList<>();

  @AfterEach
  void close() {
    client.close();
    dns.close();
  }

  private MxAudit.Builder builder() {
    return MxAudit.builder(client).clock(ManualClock.at(Pictures.NOW)).noMtaSts();
  }

  private ProbeReport silent(ProbeTarget target) {
    asked.add(target);
    return ProbeReport.silent(target.route().address().getAddress(), "nobody there");
  }

  private static AuditReport audited(MxAudit.Builder builder, String domain)
      throws InterruptedException {
    try (MxAudit audit = builder.build()) {
      return audit.audit(domain);
    }
  }

  private static Set<String> rules(AuditReport report, Severity severity) {
    return report.of(severity).stream().map(Finding::rule).collect(Collectors.toSet());
  }

  @Test
  void exchangesAreLeftAlone_unlessTheyAreToBeProbed() throws InterruptedException {
    AuditReport report = audited(builder(), "example.org");

    assertEquals(Set.of("non-public-address"), rules(report, Severity.ERROR));
    assertEquals(Pictures.NOW, report.at());
    assertTrue(
        report.picture().orElseThrow().exchanges().stream().allMatch(e -> e.probes().isEmpty()));
  }

  @Test
  void probe_speaksToPublicAddressesOnly() throws InterruptedException {
    AuditReport report = audited(builder().probe(this::silent).port(2525), "example.org");

    assertEquals(
        List.of("2001:db8::1 2525", "192.0.2.1 2525"),
        asked.stream()
            .map(t -> t.route().address())
            .map(a -> IpAddress.format(a.getAddress()) + " " + a.getPort())
            .toList());
    assertTrue(asked.stream().allMatch(target -> target.stranger().isEmpty()));
    assertTrue(rules(report, Severity.ERROR).contains("unreachable"));
  }

  @Test
  void policyOfTheOwner_opensOtherAddressesAndChangesNoJudgement() throws InterruptedException {
    AuditReport report =
        audited(
            builder().probe(this::silent).addressPolicy(AddressPolicy.allowAll()), "example.org");

    assertEquals(3, asked.size());
    assertTrue(rules(report, Severity.ERROR).contains("non-public-address"));
  }

  @Test
  void strangers_areMadeUpAnewEachTime() throws InterruptedException {
    audited(
        builder()
            .probe(this::silent)
            .addressPolicy(AddressPolicy.allowAll())
            .probeStrangers(new Random(1)),
        "example.org");

    Set<String> strangers =
        asked.stream().map(t -> t.stranger().orElseThrow().toString()).collect(Collectors.toSet());
    assertEquals(3, strangers.size());
    strangers.forEach(s -> assertTrue(s.matches("mx-audit-[a-z0-9]{16}@example\\.org"), s));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "[192.0.2.1]", "192.0.2.1", "exa mple.org", "ev\u202eil"})
  void textThatIsNoDomain_isAFinding(String text) throws InterruptedException {
    AuditReport report = audited(builder(), text);

    assertEquals(Set.of("no-domain"), rules(report, Severity.ERROR));
    assertEquals(1, report.findings().size());
    assertTrue(report.picture().isEmpty());
    assertEquals(0, dns.queries().size());
  }

  @Test
  void thousandExchanges_areNotAllLookedAt() throws InterruptedException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      zone.append("example.org. 3600 MX " + i + " mx" + i + ".example.org.\n");
    }
    dns.set(zone.toString());

    AuditReport report = audited(builder(), "example.org");

    assertEquals(20, report.picture().orElseThrow().exchanges().size());
    assertEquals(980, report.picture().orElseThrow().unseen());
    assertTrue(rules(report, Severity.WARNING).contains("too-many-exchanges"));
    assertTrue(dns.queries().size() < 100, "queries: " + dns.queries().size());
  }

  @Test
  void ruleOfTheCaller_isAskedToo() throws InterruptedException {
    AuditReport report =
        audited(
            builder().rule(p -> List.of(Finding.info("house", p.domain().name(), "ours.", ""))),
            "example.org");

    assertTrue(rules(report, Severity.INFO).contains("house"));
  }

  @Test
  void interrupt_endsTheAudit() {
    MxAudit.Builder interrupted =
        builder()
            .probe(
                target -> {
                  throw new InterruptedException("meanwhile");
                });
    assertThrows(InterruptedException.class, () -> audited(interrupted, "example.org"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65536, -1})
  void portOutOfRange_isRefused(int port) {
    assertThrows(IllegalArgumentException.class, () -> builder().port(port));
    assertThrows(IllegalArgumentException.class, () -> builder().zonePort(port));
  }
}
