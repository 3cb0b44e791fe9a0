package org.mxrelay.examples.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The messages of the demonstration, and what makes two of them the same. */
final class Letters {

  static final String PLAIN = "plain.eml";

  static final List<String> ALL =
      List.of(PLAIN, "attachment.eml", "utf8.eml", "dots.eml", "lf-only.eml");

  private Letters() {}

  /** The bytes of a letter. */
  static byte[] read(String name) throws IOException {
    try (InputStream in = Letters.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** The first digits of the SHA-256 of the bytes. */
  static String fingerprint(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The letter as it goes over the wire (RFC 5321, 2.3.8): every line ends with CR LF. */
  static byte[] onTheWire(byte[] letter) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int last = '\n';
    for (byte b : letter) {
      if (b == '\n' && last != '\r') {
        wire.write('\r');
      }
      wire.write(b);
      last = b;
    }
    if (last != '\n') {
      wire.writeBytes(new byte[] {'\r', '\n'});
    }
    return wire.toByteArray();
  }
}
