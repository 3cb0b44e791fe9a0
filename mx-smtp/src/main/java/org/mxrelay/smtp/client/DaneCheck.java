package org.mxrelay.smtp.client;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.tls.DaneIdentity;

/** Whether a peer's certificates are what its TLSA records say (RFC 7672, 3). Pure. */
final class DaneCheck {

  private static final int TRUST_ANCHOR = 2;
  private static final int END_ENTITY = 3;
  private static final int LONGEST_CHAIN = 10;
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  private DaneCheck() {}

  /**
   * Lets a peer pass.
   *
   * @param chain its certificates, its own first
   * @throws CertificateException if they do not satisfy any of the records, saying why
   */
  static void check(DaneIdentity identity, List<X509Certificate> chain, Instant now)
      throws CertificateException {
    if (chain.isEmpty()) {
      throw new CertificateException("the exchange shows no certificate");
    }
    // RFC 7672, 3.1.1: the key alone decides, whatever its certificate says of names and dates.
    for (TlsaRecord record : of(identity, END_ENTITY)) {
      if (TlsaMatch.matches(record, chain.get(0))) {
        return;
      }
    }
    List<TlsaRecord> authorities = of(identity, TRUST_ANCHOR);
    Set<TrustAnchor> anchors = DaneAnchors.of(authorities, chain, now);
    if (anchors.isEmpty()) {
      throw new CertificateException(
          "the certificate matches none of the TLSA records of " + identity.base());
    }
    checkIssued(chain, anchors, now);
    if (!CertificateNames.hasAny(chain.get(0), identity.names())) {
      // RFC 7672, 3.1.2; in the JDK's words, by which a failure is told from others.
      throw new CertificateException(
          "No name matching "
              + String.join(", ", identity.names())
              + " found in a certificate of the authority in the TLSA records");
    }
  }

  private static List<TlsaRecord> of(DaneIdentity identity, int usage) {
    return identity.records().stream().filter(r -> r.usage() == usage).toList();
  }

  /** RFC 5280, 6, from the authorities that the records name, and no others. */
  private static void checkIssued(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant now)
      throws CertificateException {
    chain.get(0).checkValidity(Date.from(now));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(chain.get(0));
    try {
      target.setExtendedKeyUsage(Set.of(SERVER_AUTHENTICATION));
      PKIXBuilderParameters how = new PKIXBuilderParameters(anchors, target);
      how.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      how.setRevocationEnabled(false);
      how.setDate(Date.from(now));
      how.setMaxPathLength(LONGEST_CHAIN);
      CertPathBuilder.getInstance("PKIX").build(how);
    } catch (CertPathBuilderException e) {
      throw new CertificateException(
          "the certificate was not issued by the authority in the TLSA records: " + e.getMessage(),
          e);
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new CertificateException("the certificate cannot be checked: " + e.getMessage(), e);
    }
  }
}
