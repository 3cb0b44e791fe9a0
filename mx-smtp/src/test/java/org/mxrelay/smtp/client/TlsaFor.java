package org.mxrelay.smtp.client;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.testkit.TestCertificate;

/** Makes TLSA records of certificates, as an owner of a zone does. */
final class TlsaFor {

  private TlsaFor() {}

  /**
   * @param form usage, selector and matching type, such as {@code 3 1 1}
   */
  static TlsaRecord of(String form, TestCertificate certificate) throws GeneralSecurityException {
    String[] numbers = form.split(" ");
    X509Certificate x509 = certificate.x509();
    byte[] selected = numbers[1].equals("0") ? x509.getEncoded() : x509.getPublicKey().getEncoded();
    byte[] data =
        switch (numbers[2]) {
          case "1" -> MessageDigest.getInstance("SHA-256").digest(selected);
          case "2" -> MessageDigest.getInstance("SHA-512").digest(selected);
          default -> selected;
        };
    return new TlsaRecord(
        Integer.parseInt(numbers[0]),
        Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]),
        HexFormat.of().formatHex(data));
  }
}
