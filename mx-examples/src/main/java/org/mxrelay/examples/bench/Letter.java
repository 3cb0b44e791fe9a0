package org.mxrelay.examples.bench;

import java.nio.charset.StandardCharsets;

/** A message of a given size. */
final class Letter {

  private static final String HEADER =
      """
      From: bench@client.example
      To: ann@bench.example
      Subject: a message
      Message-ID: <bench@client.example>
      Date: Mon, 2 Mar 2026 09:00:00 +0000

      """
          .replace("\n", "\r\n");
  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and back again after dinner.\r\n";

  private Letter() {}

  /**
   * @param size octets; at least that of the header
   */
  static byte[] of(int size) {
    StringBuilder text = new StringBuilder(size + LINE.length()).append(HEADER);
    while (text.length() < size) {
      text.append(LINE);
    }
    text.setLength(Math.max(size, HEADER.length() + 2));
    text.replace(text.length() - 2, text.length(), "\r\n");
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
