package org.mxrelay.smtp.client;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxrelay.dns.TlsaRecord;

/**
 * The authorities that TLSA records of usage 2 name: certificates of the chain that they mean, and
 * those that they hold themselves (RFC 7671, 5.2). Stateless.
 */
final class DaneAnchors {

  private DaneAnchors() {}

  static Set<TrustAnchor> of(List<TlsaRecord> records, List<X509Certificate> chain, Instant now)
      throws CertificateException {
    Set<X509Certificate> authorities = new HashSet<>();
    Set<TrustAnchor> anchors = new HashSet<>();
    for (TlsaRecord record : records) {
      // The exchange's own certificate is no authority over itself.
      for (X509Certificate issuer : chain.subList(1, chain.size())) {
        if (TlsaMatch.matches(record, issuer)) {
          authorities.add(issuer);
        }
      }
      if (record.matchingType() == 0) {
        byte[] data = HexFormat.of().parseHex(record.data());
        if (record.selector() == 0) {
          authorities.add(certificate(data));
        } else {
          anchors.addAll(bare(data, chain));
        }
      }
    }
    authorities.stream()
        .filter(a -> isAuthority(a) && isInTime(a, now))
        .forEach(a -> anchors.add(new TrustAnchor(a, null)));
    return anchors;
  }

  /** RFC 5280, 4.2.1.9; older certificates cannot say. Java does not look at that of an anchor. */
  private static boolean isAuthority(X509Certificate certificate) {
    return certificate.getVersion() < 3 || certificate.getBasicConstraints() >= 0;
  }

  /** Nor at its dates. */
  private static boolean isInTime(X509Certificate authority, Instant now) {
    try {
      authority.checkValidity(Date.from(now));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** A key alone: whoever issued a certificate of the chain may be the one that has it. */
  private static Set<TrustAnchor> bare(byte[] spki, List<X509Certificate> chain) {
    Optional<PublicKey> key = key(spki);
    return key.isEmpty()
        ? Set.of()
        : chain.stream()
            .map(X509Certificate::getIssuerX500Principal)
            .distinct()
            .filter(issuer -> !issuer.getName().isEmpty())
            .map(issuer -> new TrustAnchor(issuer, key.get(), null))
            .collect(Collectors.toSet());
  }

  private static Optional<PublicKey> key(byte[] spki) {
    return Stream.of("EC", "RSA", "EdDSA").flatMap(a -> key(a, spki).stream()).findFirst();
  }

  private static Optional<PublicKey> key(String algorithm, byte[] spki) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // of another algorithm
    }
  }
}
