package org.mxrelay.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import org.mxrelay.dns.TlsaRecord;

/** Which TLSA records SMTP can use. Stateless. */
final class TlsaUse {

  private static final int TRUST_ANCHOR = 2;
  private static final int END_ENTITY = 3;
  private static final int DER_SEQUENCE = 0x30;

  private TlsaUse() {}

  static boolean isUsable(TlsaRecord record) {
    // RFC 7672, 3.1.3: usages 0 and 1 would need an authority on which both sides agree.
    boolean known = record.usage() == TRUST_ANCHOR || record.usage() == END_ENTITY;
    return known && hasUsableData(record);
  }

  private static boolean hasUsableData(TlsaRecord record) {
    byte[] data = HexFormat.of().parseHex(record.data());
    boolean whole = record.selector() == 0;
    if (!whole && record.selector() != 1) {
      return false;
    }
    return switch (record.matchingType()) {
      case 0 -> whole ? isCertificate(data) : isSequence(data);
      case 1 -> data.length == 32;
      case 2 -> data.length == 64;
      default -> false;
    };
  }

  private static boolean isCertificate(byte[] data) {
    try {
      CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(data));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /**
   * A public key with its algorithm (RFC 5280, 4.1) is a sequence of 128 to 65,535 octets, or a
   * short one.
   */
  private static boolean isSequence(byte[] data) {
    if (data.length < 2 || data[0] != DER_SEQUENCE) {
      return false;
    }
    int first = data[1] & 0xff;
    if (first < 0x80) {
      return data.length == 2 + first;
    }
    int octets = first - 0x80;
    if (octets < 1 || octets > 2 || data.length < 2 + octets) {
      return false;
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | (data[2 + i] & 0xff);
    }
    return data.length == 2 + octets + length;
  }
}
