package org.mxrelay.smtp.client;

import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * The public key of a certificate with its algorithm, byte for byte (RFC 5280, 4.1): what TLSA
 * records speak of. A key that Java reads and writes again may come out otherwise.
 */
final class Spki {

  /** Serial number, signature, issuer, validity and subject stand before the key. */
  private static final int FIELDS_BEFORE = 5;

  private static final int VERSION = 0xa0;

  private Spki() {}

  /**
   * @throws CertificateEncodingException if the certificate cannot be read
   */
  static byte[] of(X509Certificate certificate) throws CertificateEncodingException {
    try {
      ByteBuffer body = content(ByteBuffer.wrap(certificate.getTBSCertificate()));
      if ((body.get(body.position()) & 0xff) == VERSION) {
        skip(body);
      }
      for (int i = 0; i < FIELDS_BEFORE; i++) {
        skip(body);
      }
      int start = body.position();
      skip(body);
      byte[] key = new byte[body.position() - start];
      body.position(start);
      body.get(key);
      return key;
    } catch (RuntimeException e) {
      throw new CertificateEncodingException("a certificate without a public key", e);
    }
  }

  /** What stands in the element that begins here. */
  private static ByteBuffer content(ByteBuffer at) {
    at.get();
    int length = length(at);
    return at.slice(at.position(), length);
  }

  private static void skip(ByteBuffer at) {
    at.get();
    int length = length(at);
    at.position(at.position() + length);
  }

  private static int length(ByteBuffer at) {
    int first = at.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = first - 0x80; i > 0; i--) {
      length = Math.addExact(Math.multiplyExact(length, 256), at.get() & 0xff);
    }
    return length;
  }
}
