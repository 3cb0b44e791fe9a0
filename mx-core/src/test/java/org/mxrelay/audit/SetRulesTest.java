package org.mxrelay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxPublication.ServerWord;

/** What the zones of {@link FaultyZonesTest} cannot show, or not in all its shapes. */
class SetRulesTest {

  private static MxPicture pair(int first, String one, int second, String other) {
    return new Pictures()
        .exchange(first, one, List.of("192.0.2.1"))
        .exchange(second, other, List.of("198.51.100.1"))
        .done();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, WARNING preference-gap",
    "0, 10, ''",
    "10, 11, WARNING preference-gap",
    "10, 19, WARNING preference-gap",
    "10, 20, ''",
    "5, 65535, ''",
    "10, 10, INFO equal-preferences",
  })
  void preferences_areJudged(int first, int second, String expected) {
    MxPicture picture = pair(first, "mx1.example.org", second, "mx2.example.org");
    assertEquals(expected, String.join(", ", Pictures.judged(new PreferenceRule(), picture)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup.example.org",
        "mx-backup.example.net",
        "mail.backupmx.example",
        "bak2.example.org",
        "secondary.example.org",
        "mx2-fallback.example.org",
        "spool.example.net"
      })
  void nameOfABackup_isEvidence(String name) {
    assertEquals(
        List.of("WARNING equal-preferences"),
        Pictures.judged(new PreferenceRule(), pair(10, "mx1.example.org", 10, name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx2.example.org",
        "secure.example.org",
        "mail.spare-parts.example",
        "mx-b.example"
      })
  void ordinaryName_isNone(String name) {
    assertEquals(
        List.of("INFO equal-preferences"),
        Pictures.judged(new PreferenceRule(), pair(10, "mx1.example.org", 10, name)));
  }

  @Test
  void twoOfEqualPreferenceBeforeABackup_areNobodysMistake() {
    MxPicture picture =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of("192.0.2.1"))
            .exchange(10, "mx2.example.org", List.of("192.0.2.2"))
            .exchange(20, "backup.example.net", List.of("198.51.100.1"))
            .done();
    assertEquals(List.of(), Pictures.judged(new PreferenceRule(), picture));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.254, WARNING same-network",
    "192.0.2.1, 192.0.3.1, ''",
    "2001:db8:1:1::1, 2001:db8:1:ffff::1, WARNING same-network",
    "2001:db8:1::1, 2001:db8:2::1, ''",
    "192.0.2.1, 2001:db8::1, ''",
    "192.0.2.1, 192.0.2.1, WARNING same-address",
  })
  void networks_areCompared(String one, String other, String expected) {
    MxPicture picture =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of(one))
            .exchange(20, "mx2.example.org", List.of(other))
            .done();
    assertEquals(expected, String.join(", ", Pictures.judged(new NetworkRule(), picture)));
  }

  @Test
  void manyExchanges_areSaidToBeTooMany() {
    MxPicture picture =
        new Pictures().exchange(10, "mx1.example.org", List.of("192.0.2.1")).unseen(30).done();
    assertEquals(List.of("WARNING too-many-exchanges"), Pictures.judged(new MxSetRule(), picture));
  }

  @Test
  void noPossibleHost_isAFault() {
    assertEquals(
        List.of("ERROR no-usable-mx"), Pictures.judged(new MxSetRule(), new Pictures().done()));
  }

  @Test
  void serversThatNameOtherExchanges_areAFault() {
    MxPicture picture =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of("192.0.2.1"))
            .servers(
                new ServerWord("ns1", List.of(Pictures.mx(10, "mx1.example.org", 3600)), ""),
                new ServerWord("ns2", List.of(Pictures.mx(10, "old.example.org", 3600)), ""),
                new ServerWord("ns3", List.of(), "answers REFUSED"))
            .done();
    assertEquals(
        List.of("ERROR servers-disagree", "INFO name-server"),
        Pictures.judged(new TtlRule(), picture));
  }

  @Test
  void timesToLiveOfAllServers_count() {
    MxPicture picture =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of("192.0.2.1"))
            .servers(
                new ServerWord("ns1", List.of(Pictures.mx(10, "mx1.example.org", 3600)), ""),
                new ServerWord("ns2", List.of(Pictures.mx(10, "mx1.example.org", 60)), ""))
            .done();
    assertEquals(
        List.of("WARNING ttl-short", "WARNING ttl-uneven"),
        Pictures.judged(new TtlRule(), picture));
  }

  @ParameterizedTest
  @CsvSource({
    "aspmx.l.google.com, Google Workspace",
    "alt1.aspmx.l.google.com, Google Workspace",
    "smtp.google.com, Google Workspace",
    "example-org.mail.protection.outlook.com, Microsoft 365",
    "example-org.abc-v1.mx.microsoft, Microsoft 365",
    "mta5.am0.yahoodns.net, Yahoo",
    "mx0a-00000000.pphosted.com, Proofpoint",
    "eu-smtp-inbound-1.mimecast.com, Mimecast",
    "mx.zoho.eu, Zoho Mail",
    "in1-smtp.messagingengine.com, Fastmail",
    "mx01.mail.icloud.com, iCloud Mail",
    "notgoogle.com, ''",
    "google.com.example.org, ''",
  })
  void provider_isKnownByTheNamesOfItsExchanges(String exchange, String provider) {
    assertEquals(provider, ManagedProviders.STANDARD.of(new Domain(exchange)).orElse(""));
  }

  @Test
  void everyProvider_hasItsSource() {
    for (ManagedProviders.Row row : ManagedProviders.STANDARD.rows()) {
      assertTrue(row.source().startsWith("https://"), row::toString);
      row.endings().forEach(ending -> assertEquals(ending, new Domain(ending).name()));
    }
    Set<String> names =
        ManagedProviders.STANDARD.rows().stream()
            .map(ManagedProviders.Row::name)
            .collect(Collectors.toSet());
    assertEquals(ManagedProviders.STANDARD.rows().size(), names.size());
  }

  @Test
  void findings_areSortedByHowMuchTheyMatter() {
    AuditReport report =
        new AuditReport(
            "example.org",
            Pictures.NOW,
            Optional.empty(),
            List.of(
                Finding.ok("a", "x", "good."),
                Finding.error("b", "x", "bad.", "do."),
                Finding.info("c", "x", "so.", "do."),
                Finding.warning("d", "x", "hm.", "do.")));
    assertEquals(
        List.of("b", "d", "c", "a"), report.findings().stream().map(Finding::rule).toList());
    assertEquals(Severity.ERROR, report.worst());
  }

  @Test
  void hiddenCharacters_areShown() {
    Finding finding = Finding.error("a-b", "ev\u202eil\n", "say\u0007.", "do\u200bit");
    assertEquals("ev?il?", finding.subject());
    assertEquals("say?.", finding.message());
    assertEquals("do?it", finding.advice());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "-a", "a-"})
  void ruleThatIsNoId_isRefused(String rule) {
    assertThrows(IllegalArgumentException.class, () -> Finding.ok(rule, "x", "good."));
  }
}
