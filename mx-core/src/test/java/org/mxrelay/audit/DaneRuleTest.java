package org.mxrelay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.DaneStatus;
import org.mxrelay.tls.DaneStatus.Standing;
import org.mxrelay.tls.StsPolicy.Mode;
import org.mxrelay.tls.TlsDemand;

class DaneRuleTest {

  private static final String NAME = "mx1.example.org";
  private static final String V4 = "192.0.2.1";
  private static final TlsaRecord RECORD = new TlsaRecord(3, 1, 1, "ab".repeat(32));
  private static final DaneStatus PRESENT =
      new DaneStatus(
          Standing.PRESENT,
          List.of(RECORD),
          Optional.of(TlsDemand.dane(new DaneIdentity(NAME, List.of(RECORD), List.of(NAME)))),
          "");

  private static ProbeReport probe(Encryption encryption, DaneMatch... match) {
    PeerTls selfSigned = Pictures.tls("somebody", "2026-12-01T00:00:00Z", Trust.REFUSED);
    return new ProbeReport(
        IpAddress.parse(V4),
        Optional.of(new Said(220, "mx ESMTP")),
        Optional.of(new Said(250, "mx")),
        encryption,
        encryption == Encryption.ENCRYPTED ? Optional.of(selfSigned) : Optional.empty(),
        List.of(match).stream().findFirst(),
        Optional.empty(),
        "");
  }

  private static Pictures pictures(ProbeReport... probes) {
    return new Pictures().exchange(10, NAME, List.of(V4), probes).dane(PRESENT);
  }

  /** The MX records of these pictures are not signed, which is a finding of its own. */
  private static List<String> judged(ProbeReport... probes) {
    return Pictures.judged(new DaneRule(), pictures(probes).done()).stream()
        .filter(f -> !f.equals("INFO dane-mx-unsigned"))
        .toList();
  }

  @Test
  void certificateThatTheRecordsMean_isGood() {
    MxPicture picture =
        pictures(probe(Encryption.ENCRYPTED, new DaneMatch(Trust.VERIFIED, ""))).done();

    Finding finding = new DaneRule().judge(picture).get(0);

    assertEquals(Severity.OK, finding.severity());
    assertTrue(finding.message().contains("is the one that it means"), finding::toString);
  }

  @Test
  void certificateThatTheyDoNotMean_stopsTheMail() {
    DaneMatch other = new DaneMatch(Trust.REFUSED, "no TLSA record matches");

    assertEquals(List.of("ERROR dane-mismatch"), judged(probe(Encryption.ENCRYPTED, other)));
  }

  @Test
  void recordsWithoutTls_stopTheMail() {
    for (Encryption without :
        List.of(Encryption.NOT_OFFERED, Encryption.REFUSED, Encryption.FAILED)) {
      assertEquals(List.of("ERROR dane-without-tls"), judged(probe(without)));
    }
  }

  @Test
  void exchangeThatNobodySpokeTo_isJudgedByTheDnsAlone() {
    assertEquals(List.of(), judged());
    assertEquals(List.of(), judged(ProbeReport.silent(IpAddress.parse(V4), "refused")));
  }

  @Test
  void exchangeWhoseRecordsNobodyLookedFor_isNotJudged() {
    MxPicture picture = new Pictures().exchange(10, NAME, List.of(V4)).done();

    assertEquals(List.of(), new DaneRule().judge(picture));
  }

  @Test
  void certificateOfNoAuthority_isGoodWhereDaneVouches_unlessAPolicyAsksForMore() {
    ProbeReport probe = probe(Encryption.ENCRYPTED, new DaneMatch(Trust.VERIFIED, ""));

    assertEquals(List.of(), Pictures.judged(new EncryptionRule(), pictures(probe).done()));
    assertEquals(
        List.of("ERROR certificate-name"),
        Pictures.judged(new EncryptionRule(), pictures(probe).policy(Mode.ENFORCE, NAME).done()));
  }
}
