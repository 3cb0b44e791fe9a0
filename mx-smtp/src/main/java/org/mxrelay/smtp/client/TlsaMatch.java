package org.mxrelay.smtp.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.mxrelay.dns.TlsaRecord;

/** Whether a certificate is the one that a TLSA record means (RFC 6698, 2.1). Stateless. */
final class TlsaMatch {

  private TlsaMatch() {}

  static boolean matches(TlsaRecord record, X509Certificate certificate)
      throws CertificateEncodingException {
    byte[] selected = record.selector() == 0 ? certificate.getEncoded() : Spki.of(certificate);
    byte[] wanted = HexFormat.of().parseHex(record.data());
    return MessageDigest.isEqual(wanted, associated(record, selected));
  }

  private static byte[] associated(TlsaRecord record, byte[] selected) {
    return switch (record.matchingType()) {
      case 1 -> digest("SHA-256", selected);
      case 2 -> digest("SHA-512", selected);
      default -> selected;
    };
  }

  private static byte[] digest(String algorithm, byte[] of) {
    try {
      return MessageDigest.getInstance(algorithm).digest(of);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }
}
