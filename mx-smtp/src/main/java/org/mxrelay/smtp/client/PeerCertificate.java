package org.mxrelay.smtp.client;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.mxrelay.audit.PeerTls;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.smtp.transport.SessionFacts.SeenCertificate;

/**
 * What a certificate says, fit to be shown.
 *
 * <p>Immutable.
 *
 * @param names its DNS names (RFC 6125, 6.4.4: its common name does not count)
 * @param issuer who signed it
 * @param validUntil when it ends
 */
record PeerCertificate(List<String> names, String issuer, Instant validUntil) {

  private static final int DNS_NAME = 2; // RFC 5280, 4.2.1.6
  private static final int MOST_NAMES = 100;
  private static final int LONGEST = 120;

  static PeerCertificate of(X509Certificate certificate) {
    return new PeerCertificate(
        dnsNames(certificate),
        shown(certificate.getIssuerX500Principal().getName()),
        certificate.getNotAfter().toInstant());
  }

  SeenCertificate seen() {
    return new SeenCertificate(names, issuer, validUntil);
  }

  PeerTls tls(String protocol, Trust trust, String objection) {
    return new PeerTls(protocol, names, issuer, validUntil, trust, objection);
  }

  private static List<String> dnsNames(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all == null) {
        return List.of();
      }
      return all.stream()
          .filter(name -> name.size() > 1 && Integer.valueOf(DNS_NAME).equals(name.get(0)))
          .limit(MOST_NAMES)
          .map(name -> shown(String.valueOf(name.get(1))))
          .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // names that nobody can read are names for nobody
    }
  }

  /** A certificate may hold anything. */
  private static String shown(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.substring(0, Math.min(LONGEST, printable.length()));
  }
}
