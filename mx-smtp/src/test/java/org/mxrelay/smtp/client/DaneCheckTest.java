package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.DaneIdentity;

/** RFC 7672, 3, by table. */
class DaneCheckTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TestCertificate AUTHORITY = TestCertificate.of("ca.dane.example");
  private static final TestCertificate MX = AUTHORITY.issue("mx.dane.example");
  private static final TestCertificate STRANGER = TestCertificate.of("stranger.dane.example");

  private static DaneIdentity identity(TlsaRecord... records) {
    return new DaneIdentity(
        "mx.dane.example", List.of(records), List.of("mx.dane.example", "dane.example"));
  }

  private static List<X509Certificate> chain(TestCertificate... certificates) {
    List<X509Certificate> chain = new ArrayList<>();
    for (TestCertificate one : certificates) {
      chain.add(one.x509());
    }
    return chain;
  }

  private static String refusal(DaneIdentity identity, TestCertificate... chain) {
    return String.valueOf(
        assertThrows(CertificateException.class, () -> DaneCheck.check(identity, chain(chain), NOW))
            .getMessage());
  }

  private static void assertPasses(DaneIdentity identity, TestCertificate... chain) {
    assertDoesNotThrow(() -> DaneCheck.check(identity, chain(chain), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 0 0", "3 0 1", "3 0 2", "3 1 0", "3 1 1", "3 1 2"})
  void endEntity_matchesItselfAlone(String form) throws GeneralSecurityException {
    DaneIdentity identity = identity(TlsaFor.of(form, MX));
    assertPasses(identity, MX, AUTHORITY);
    assertPasses(identity, MX);
    assertEquals(
        "the certificate matches none of the TLSA records of mx.dane.example",
        refusal(identity, STRANGER));
    // Its key proves nothing when somebody else shows the certificate.
    refusal(identity, STRANGER, MX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2 0 0", "2 0 1", "2 0 2", "2 1 0", "2 1 1", "2 1 2"})
  void trustAnchor_matchesWhatItIssued(String form) throws GeneralSecurityException {
    DaneIdentity identity = identity(TlsaFor.of(form, AUTHORITY));
    assertPasses(identity, MX, AUTHORITY);
    refusal(identity, STRANGER);
    assertTrue(
        refusal(identity, STRANGER, AUTHORITY).contains("not issued by the authority"),
        () -> refusal(identity, STRANGER, AUTHORITY));
  }

  /** RFC 7671, 5.2.2 and 5.2.3: the record itself holds what the chain leaves out. */
  @ParameterizedTest
  @CsvSource({"2 0 0, true", "2 1 0, true", "2 0 1, false", "2 1 1, false"})
  void trustAnchorThatIsNotInTheChain_mayBeInTheRecord(String form, boolean passes)
      throws GeneralSecurityException {
    DaneIdentity identity = identity(TlsaFor.of(form, AUTHORITY));
    if (passes) {
      assertPasses(identity, MX);
    } else {
      refusal(identity, MX);
    }
    refusal(identity, STRANGER);
  }

  @Test
  void trustAnchor_isNotTheCertificateItself() throws GeneralSecurityException {
    TestCertificate own = TestCertificate.of("mx.dane.example");
    refusal(identity(TlsaFor.of("2 1 1", own)), own);
  }

  @Test
  void trustAnchor_demandsAName() throws GeneralSecurityException {
    DaneIdentity identity = identity(TlsaFor.of("2 0 1", AUTHORITY));
    assertPasses(identity, AUTHORITY.issue("dane.example"), AUTHORITY);
    assertPasses(identity, AUTHORITY.issue("*.dane.example"), AUTHORITY);
    assertEquals(
        "No name matching mx.dane.example, dane.example found in a certificate of the authority in"
            + " the TLSA records",
        refusal(identity, AUTHORITY.issue("www.elsewhere.example"), AUTHORITY));
  }

  @Test
  void expiredCertificate_passesAsEndEntityOnly() throws GeneralSecurityException {
    TestCertificate old = TestCertificate.expired("ca.dane.example", "mx.dane.example");
    assertPasses(identity(TlsaFor.of("3 1 1", old)), old, AUTHORITY);
    assertTrue(
        refusal(identity(TlsaFor.of("2 0 1", AUTHORITY)), old, AUTHORITY).contains("NotAfter"));
    TestCertificate otherName = AUTHORITY.issue("www.elsewhere.example");
    assertPasses(identity(TlsaFor.of("3 0 1", otherName)), otherName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2 0 0", "2 0 1", "2 1 1"})
  void expiredAuthority_isNone(String form) throws GeneralSecurityException {
    TestCertificate old = TestCertificate.expired("old.dane.example");
    TestCertificate leaf = old.issue("mx.dane.example");
    refusal(identity(TlsaFor.of(form, old)), leaf, old);
  }

  @Test
  void issuerThatIsNoAuthority_isNone() throws GeneralSecurityException {
    TestCertificate leaf = AUTHORITY.issue("leaf.dane.example");
    TestCertificate issued = leaf.issue("mx.dane.example");
    refusal(identity(TlsaFor.of("2 0 1", leaf)), issued, leaf);
  }

  /** A key is rolled by publishing both for a while (RFC 7671, 8.1). */
  @Test
  void rolledKey_passesWhileBothRecordsAreThere() throws GeneralSecurityException {
    TestCertificate next = AUTHORITY.issue("mx.dane.example");
    TlsaRecord before = TlsaFor.of("3 1 1", MX);
    DaneIdentity both = identity(before, TlsaFor.of("3 1 1", next));
    assertPasses(both, MX);
    assertPasses(both, next);
    refusal(identity(before), next);
  }

  @Test
  void noCertificate_isRefused() throws GeneralSecurityException {
    refusal(identity(TlsaFor.of("3 1 1", MX)));
  }

  @Test
  void publicKey_isReadByteForByte() throws GeneralSecurityException {
    assertArrayEquals(MX.x509().getPublicKey().getEncoded(), Spki.of(MX.x509()));
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.org,   mx.example.org,   true",
    "MX.Example.ORG,   mx.example.org,   true",
    "*.example.org,    mx.example.org,   true",
    "*.example.org,    a.mx.example.org, false",
    "*.example.org,    example.org,      false",
    "m*.example.org,   mx.example.org,   false",
    "*.org,            example.org,      false",
    "mx.example.org.,  mx.example.org,   false",
    "*,                mx,               false"
  })
  void names_matchByWholeLabels(String presented, String name, boolean matches) {
    assertEquals(matches, CertificateNames.matches(presented, name));
  }
}
