package org.mxrelay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.tls.StsPolicy.Mode;

class ProbeRulesTest {

  private static final String V4 = "192.0.2.1";
  private static final String V6 = "2001:db8::1";
  private static final PeerTls GOOD =
      Pictures.tls("mx1.example.org", "2026-12-01T00:00:00Z", Trust.VERIFIED);

  private static MxPicture one(ProbeReport... probes) {
    return new Pictures().exchange(10, "mx1.example.org", List.of(V4), probes).done();
  }

  private static ProbeReport said(int greeting, int ehlo) {
    return new ProbeReport(
        IpAddress.parse(V4),
        Optional.of(new Said(greeting, "text")),
        ehlo == 0 ? Optional.empty() : Optional.of(new Said(ehlo, "text")),
        Encryption.NOT_REACHED,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "220, 250, ''",
    "220, 502, WARNING ehlo-refused",
    "220, 421, WARNING ehlo-refused",
    "421, 0, WARNING greeting-refused",
    "554, 0, WARNING greeting-refused",
  })
  void repliesOfTheSession_areJudged(int greeting, int ehlo, String expected) {
    List<String> found = Pictures.judged(new SessionRule(), one(said(greeting, ehlo)));
    assertEquals(expected, String.join(", ", found));
  }

  @Test
  void exchangeThatIsSilentEverywhere_isAFault() {
    ProbeReport silent = ProbeReport.silent(IpAddress.parse(V4), "connection refused");
    assertEquals(List.of("ERROR unreachable"), Pictures.judged(new SessionRule(), one(silent)));
  }

  @Test
  void addressThatIsSilentBesideOthers_isLess() {
    ProbeReport v4 = ProbeReport.silent(IpAddress.parse("192.0.2.9"), "timed out");
    ProbeReport v6 = ProbeReport.silent(IpAddress.parse(V6), "network unreachable");
    assertEquals(
        List.of("WARNING unreachable", "INFO unreachable"),
        Pictures.judged(new SessionRule(), one(v4, v6, Pictures.open(V4, GOOD))));
  }

  @Test
  void exchangeThatNobodySpokeTo_isNotJudged() {
    assertEquals(List.of(), new SessionRule().judge(one()));
    assertEquals(List.of(), new EncryptionRule().judge(one()));
    assertEquals(List.of(), new StrangerRule().judge(one()));
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_REACHED, ''",
    "NOT_OFFERED, WARNING starttls-absent",
    "REFUSED, WARNING starttls-failed",
    "FAILED, WARNING starttls-failed",
  })
  void howFarStarttlsCame_isJudged(Encryption encryption, String expected) {
    ProbeReport probe =
        new ProbeReport(
            IpAddress.parse(V4),
            Optional.of(new Said(220, "")),
            Optional.of(new Said(250, "")),
            encryption,
            Optional.empty(),
            Optional.empty(),
            "");
    assertEquals(expected, String.join(", ", Pictures.judged(new EncryptionRule(), one(probe))));
  }

  @ParameterizedTest
  @CsvSource({
    "mx1.example.org, 2026-12-01T00:00:00Z, VERIFIED, ''",
    "MX1.Example.Org, 2026-12-01T00:00:00Z, VERIFIED, ''",
    "*.example.org, 2026-12-01T00:00:00Z, VERIFIED, ''",
    "*.org, 2026-12-01T00:00:00Z, REFUSED, certificate-name",
    "*1.example.org, 2026-12-01T00:00:00Z, REFUSED, certificate-name",
    "*.mx1.example.org, 2026-12-01T00:00:00Z, REFUSED, certificate-name",
    "example.org, 2026-12-01T00:00:00Z, REFUSED, certificate-name",
    "mx1.example.org, 2026-12-01T00:00:00Z, REFUSED, certificate-untrusted",
    "mx1.example.org, 2026-12-01T00:00:00Z, UNKNOWN, ''",
    "mx1.example.org, 2026-06-01T00:00:00Z, REFUSED, certificate-expired",
    "mx1.example.org, 2026-06-01T00:00:01Z, VERIFIED, certificate-expires",
    "mx1.example.org, 2026-06-15T00:00:00Z, VERIFIED, certificate-expires",
    "mx1.example.org, 2026-06-15T00:00:01Z, VERIFIED, ''",
  })
  void certificate_isJudged(String name, String until, Trust trust, String rule) {
    ProbeReport probe = Pictures.open(V4, Pictures.tls(name, until, trust));
    assertEquals(
        rule.isEmpty() ? List.of() : List.of("WARNING " + rule),
        Pictures.judged(new EncryptionRule(), one(probe)));
  }

  @Test
  void badCertificate_isAFaultWhereSendersMustVerify() {
    PeerTls expired = Pictures.tls("mx1.example.org", "2026-05-01T00:00:00Z", Trust.REFUSED);
    MxPicture enforced =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of(V4), Pictures.open(V4, expired))
            .policy(Mode.ENFORCE, "mx1.example.org")
            .done();
    assertEquals(
        List.of("ERROR certificate-expired"), Pictures.judged(new EncryptionRule(), enforced));
  }

  @ParameterizedTest
  @CsvSource({
    // the primary's reply, the backup's, what is said
    "550, 550, ''",
    "550, 450, ''",
    "550, 250, ERROR spam-magnet",
    "550, 251, ERROR spam-magnet",
    "250, 250, INFO spam-magnet",
    "450, 250, INFO spam-magnet",
    "0, 250, INFO spam-magnet",
    "550, 0, ''",
  })
  void strangerAtTheBackup_isComparedWithThePrimary(int primary, int backup, String expected) {
    MxPicture picture =
        new Pictures()
            .exchange(10, "mx1.example.org", List.of(V4), asked(primary))
            .exchange(20, "mx2.example.org", List.of("198.51.100.1"), asked(backup))
            .done();
    assertEquals(expected, String.join(", ", Pictures.judged(new StrangerRule(), picture)));
  }

  private static ProbeReport asked(int reply) {
    return reply == 0
        ? Pictures.open(V4, GOOD)
        : Pictures.open(V4, GOOD, new Said(reply, "5.1.1 said"));
  }

  @Test
  void primaryThatRefuses_isQuoted() {
    String message = new StrangerRule().judge(one(asked(550))).get(0).message();
    assertTrue(message.contains("550 5.1.1 said"), message);
  }
}
