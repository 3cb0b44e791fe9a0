package org.mxrelay.examples.interop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Messages of the kinds that break senders, and how to know them again. */
final class Letters {

  private Letters() {}

  /** By name; each begins with a Subject field of that name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("plain", letter("plain", "Hello,\r\nthis is plain.\r\n"));
    all.put("dots", letter("dots", ".\r\n..\r\n.a\r\n...b\r\n\r\n.\r\nend\r\n"));
    all.put("eight-bit", letter("eight-bit", "Grüße aus Köln, ёлки, 日本語.\r\n"));
    all.put("long", letter("long", longBody(new Random(7))));
    all.put(
        "lf-only",
        new String(letter("lf-only", "one\r\n.two\r\n\r\nthree\r\n"), StandardCharsets.UTF_8)
            .replace("\r\n", "\n")
            .getBytes(StandardCharsets.UTF_8));
    return all;
  }

  /** About that large, of lines of any length with any dots before them. */
  static byte[] ofSize(String name, int size, Random random) {
    StringBuilder body = new StringBuilder(size);
    while (body.length() < size) {
      body.append(".".repeat(random.nextInt(3)))
          .append("x\u00e4".repeat(random.nextInt(200)))
          .append(random.nextInt(1_000))
          .append("\r\n");
    }
    return letter(name, body.toString());
  }

  /** Whether it is one of ours that is not empty. */
  static boolean hasSubject(byte[] message) {
    return new String(message, 0, Math.min(message.length, 8_192), StandardCharsets.ISO_8859_1)
        .contains("Subject: ");
  }

  private static byte[] letter(String subject, String body) {
    String header =
        "Subject: "
            + subject
            + "\r\nFrom: <shop@sender.test>\r\nTo: <ann@example.test>\r\n"
            + "Message-ID: <"
            + subject
            + "@sender.test>\r\n"
            + "Date: Mon, 23 Nov 2026 08:30:00 +0000\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n\r\n";
    return (header + body).getBytes(StandardCharsets.UTF_8);
  }

  private static String longBody(Random random) {
    StringBuilder body = new StringBuilder();
    while (body.length() < 1_500_000) {
      body.append(".".repeat(random.nextInt(3)));
      body.append(Long.toString(random.nextLong(), 36).repeat(1 + random.nextInt(5)))
          .append("\r\n");
    }
    return body.toString();
  }

  /** The subject of a message that arrived. */
  static String subject(byte[] stored) {
    String text =
        new String(stored, 0, Math.min(stored.length, 8_192), StandardCharsets.ISO_8859_1);
    int from = text.indexOf("Subject: ");
    return text.substring(from + 9, text.indexOf('\n', from)).strip();
  }

  /** SHA-256 from the Subject field on, every line end a CRLF: trace fields stand before it. */
  static String digest(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    // An empty message has nothing but what servers put before it.
    String ours = hasSubject(message) ? text.substring(text.indexOf("Subject: ")) : body(text);
    String wire = ours.replace("\r\n", "\n").stripTrailing();
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(
              sha256.digest(wire.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String body(String text) {
    int end = text.replace("\r\n", "\n").indexOf("\n\n");
    return end < 0 ? "" : text.replace("\r\n", "\n").substring(end);
  }
}
