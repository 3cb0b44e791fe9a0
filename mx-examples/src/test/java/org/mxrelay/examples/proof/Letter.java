package org.mxrelay.examples.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A message that its id determines, with dots at the beginnings of lines and octets above 127.
 *
 * <p>Immutable.
 */
record Letter(String id, List<String> recipients, String text) {

  /** Where reports go. */
  static final String SENDER = "proof@home.test";

  private static final String ID_FIELD = "Proof-Id: ";

  static Letter of(String id, Fate.Mix mix, int domains) {
    Random random = new Random(id.hashCode());
    List<String> recipients = new ArrayList<>();
    int many = 1 + random.nextInt(3);
    for (int i = 0; i < many; i++) {
      Fate fate = mix.draw(random.nextInt(100));
      recipients.add(fate.address(id, i, random.nextInt(domains)));
    }
    StringBuilder text = new StringBuilder("Subject: proof\r\n" + ID_FIELD + id + "\r\n\r\n");
    int lines = random.nextInt(60);
    for (int i = 0; i < lines; i++) {
      text.append(".".repeat(random.nextInt(3))).append("é".repeat(random.nextInt(2)));
      text.append(Long.toString(random.nextLong(), 36)).append("\r\n");
    }
    return new Letter(id, List.copyOf(recipients), text.toString());
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The id of a letter, or of the one that a report returns. */
  static String id(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(ID_FIELD);
    return at < 0 ? "none" : text.substring(at + ID_FIELD.length(), text.indexOf("\r\n", at));
  }

  static String digest(byte[] message) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
