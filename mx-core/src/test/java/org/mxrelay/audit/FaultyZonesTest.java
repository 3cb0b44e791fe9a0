package org.mxrelay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.StsOptions;

/** Zones of a DNS server with one fault each: the audit finds that fault and no other. */
class FaultyZonesTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.of("mta-sts.example.org");
  private static final ScriptedHttpsServer HTTPS = ScriptedHttpsServer.start(CERTIFICATE);

  @AfterAll
  static void stop() {
    HTTPS.close();
  }

  static List<FaultyZone> zones() {
    return FaultyZone.all();
  }

  @Test
  void zonesWithAFault_areMoreThanThirty() {
    assertTrue(zones().stream().filter(zone -> !zone.expected.isEmpty()).count() > 30);
  }

  @ParameterizedTest
  @MethodSource("zones")
  void faultOfTheZone_isFoundAndNoOther(FaultyZone zone) throws InterruptedException {
    AuditReport report = audit(zone);
    List<String> found =
        report.findings().stream()
            .filter(finding -> finding.severity() != Severity.OK)
            .map(f -> word(f.severity()) + " " + f.rule() + " " + f.subject())
            .toList();

    assertEquals(
        zone.expected.stream().sorted().toList(),
        found.stream().sorted().toList(),
        () -> zone + ": " + report.findings());
    report.findings().forEach(FaultyZonesTest::assertReadable);
  }

  private static void assertReadable(Finding finding) {
    assertTrue(finding.message().matches("[^\\p{Cntrl}]{10,600}\\."), finding::toString);
    assertEquals(finding.severity() == Severity.OK, finding.advice().isEmpty(), finding::toString);
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private static AuditReport audit(FaultyZone zone) throws InterruptedException {
    HTTPS.serve(zone.policyText());
    try (ScriptedDnsServer dns = server(zone);
        DnsClient client = client(dns);
        MxAudit audit =
            MxAudit.builder(client)
                .addressPolicy(AddressPolicy.allowAll())
                .zonePort(dns.address().getPort())
                .mtaSts(
                    StsOptions.standard()
                        .withTrust(CERTIFICATE.trustingContext())
                        .withPort(HTTPS.port()))
                .build()) {
      return audit.audit("Example.org.");
    }
  }

  private static ScriptedDnsServer server(FaultyZone zone) {
    ScriptedDnsServer dns =
        ScriptedDnsServer.start(zone.lines.stream().collect(Collectors.joining("\n", "", "\n")));
    for (String failing : zone.failing) {
      String[] question = failing.split(" ");
      if (failing.equals("cache")) {
        dns.fault("*", "*", Fault.mangle(FaultyZonesTest::withoutAuthority));
      } else if (failing.startsWith("signed")) {
        types(failing).forEach(type -> dns.fault("*", type, Fault.authenticated()));
      } else {
        dns.fault(question[0], question[1], Fault.servfail());
      }
    }
    return dns;
  }

  /** Of which types the resolver says that they are authentic: of all if none is named. */
  private static List<String> types(String signed) {
    String[] words = signed.split(" ");
    return words.length == 1 ? List.of("*") : List.of(words).subList(1, words.length);
  }

  /** RFC 1035, 4.1.1: AA is the sixth bit of the third octet. */
  private static byte[] withoutAuthority(byte[] message) {
    byte[] changed = message.clone();
    changed[2] &= (byte) ~0x04;
    return changed;
  }

  /** So patient that a busy machine makes no difference. */
  private static DnsClient client(ScriptedDnsServer dns) {
    return DnsClient.builder()
        .server(dns.address())
        .perTry(Duration.ofSeconds(20))
        .total(Duration.ofSeconds(60))
        .tries(1)
        .build();
  }
}
