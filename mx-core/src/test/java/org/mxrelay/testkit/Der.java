package org.mxrelay.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** As much of DER as a certificate for a DNS name needs (RFC 5280, 4.1). */
final class Der {

  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;

  private static final byte[] ECDSA_WITH_SHA256 =
      oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
  private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
  private static final byte[] SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);

  private Der() {}

  /**
   * @param notAfter the end of its validity, in the form {@code 21200101000000Z}
   */
  record Names(String subject, String issuer, String notAfter) {}

  static byte[] certificateBody(Names names, byte[] publicKey) {
    byte[] alternative = of(SEQUENCE, of(DNS_NAME, ascii(names.subject())));
    byte[] extension = of(SEQUENCE, SUBJECT_ALT_NAME, of(OCTET_STRING, alternative));
    byte[] authority = names.subject().equals(names.issuer()) ? authority() : new byte[0];
    return of(
        SEQUENCE,
        of(VERSION, of(INTEGER, new byte[] {2})),
        of(INTEGER, new byte[] {1}),
        of(SEQUENCE, ECDSA_WITH_SHA256),
        name(names.issuer()),
        of(SEQUENCE, time("20200101000000Z"), time(names.notAfter())),
        name(names.subject()),
        publicKey,
        of(EXTENSIONS, of(SEQUENCE, extension, authority)));
  }

  /** Who signs for himself may sign for others (RFC 5280, 4.2.1.9). */
  private static byte[] authority() {
    byte[] yes = of(BOOLEAN, new byte[] {(byte) 0xff});
    return of(SEQUENCE, BASIC_CONSTRAINTS, yes, of(OCTET_STRING, of(SEQUENCE, yes)));
  }

  private static byte[] name(String common) {
    return of(SEQUENCE, of(SET, of(SEQUENCE, COMMON_NAME, of(UTF8_STRING, ascii(common)))));
  }

  static byte[] signed(byte[] body, byte[] signature) {
    return of(SEQUENCE, body, of(SEQUENCE, ECDSA_WITH_SHA256), bits(signature));
  }

  private static byte[] time(String text) {
    return of(GENERALIZED_TIME, ascii(text));
  }

  private static byte[] bits(byte[] content) {
    return of(BIT_STRING, new byte[] {0}, content);
  }

  private static byte[] oid(int... octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int octet : octets) {
      out.write(octet);
    }
    return of(0x06, out.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
