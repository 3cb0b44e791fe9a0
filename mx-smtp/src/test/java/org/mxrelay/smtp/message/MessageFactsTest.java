package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.message.MessageFacts.Content;

class MessageFactsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 3",
    "a\\r\\n, 3",
    "a\\n, 3",
    "a\\r, 3",
    "\\n, 2",
    "\\r, 2",
    "\\r\\n, 2",
    "\\n\\r, 4",
    "\\r\\r\\n, 4",
    "a\\nb\\r\\nc, 9",
    "\\n.\\n, 5",
    "..\\r\\n, 4",
  })
  void lineEnds_countAsTheyGoOnTheWire(String escaped, long wireSize) throws IOException {
    byte[] message = unescaped(escaped);
    assertEquals(wireSize, MessageFacts.of(MessageSource.of(message)).wireSize(), escaped);
    assertEquals(message.length, MessageFacts.of(MessageSource.of(message)).size(), escaped);
  }

  @Test
  void octetAbove127_makesItEightBit() throws IOException {
    assertEquals(Content.SEVEN_BIT, MessageFacts.of(MessageSource.of(new byte[] {0x7f})).content());
    assertEquals(
        Content.EIGHT_BIT, MessageFacts.of(MessageSource.of(new byte[] {(byte) 0x80})).content());
  }

  @Test
  void anyBlocks_giveTheSameCount() throws IOException {
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] message = message(random);
      MessageFacts whole = MessageFacts.of(MessageSource.of(message));
      assertEquals(whole, MessageFacts.of(() -> dripping(message)), "seed " + seed);
      assertEquals(normalised(message), whole.wireSize(), "seed " + seed);
    }
  }

  private static byte[] message(Random random) {
    byte[] alphabet = {'a', '.', '\r', '\n', (byte) 0xe9};
    byte[] message = new byte[random.nextInt(40)];
    for (int i = 0; i < message.length; i++) {
      message[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return message;
  }

  /** The size by another way: text replacement instead of counting. */
  private static long normalised(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    String wire = text.replace("\r\n", "\n").replace("\r", "\n");
    if (!wire.isEmpty() && !wire.endsWith("\n")) {
      wire += "\n";
    }
    return wire.replace("\n", "\r\n").length();
  }

  private static InputStream dripping(byte[] message) {
    InputStream whole = new ByteArrayInputStream(message);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return whole.read();
      }

      @Override
      public int read(byte[] b, int off, int len) throws IOException {
        return whole.read(b, off, Math.min(len, 1));
      }
    };
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String plain = text.replace("\\r", "\r").replace("\\n", "\n");
    out.writeBytes(plain.getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }
}
