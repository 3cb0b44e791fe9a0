package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.client.WireEncoder.Framing;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;

class WireEncoderTest {

  private static final String ALPHABET = "\r\n..a\0";

  /** V5: whatever stands around a dot, the wire has one end, and it is ours. */
  @ParameterizedTest
  @CsvSource({
    "''             , .\\r\\n",
    "a              , a\\r\\n.\\r\\n",
    "a\\r\\n        , a\\r\\n.\\r\\n",
    "a\\n           , a\\r\\n.\\r\\n",
    "a\\r           , a\\r\\n.\\r\\n",
    ".              , ..\\r\\n.\\r\\n",
    "a\\n.\\nb      , a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\r.\\rb      , a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\n.\\r\\nb   , a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\r\\n.\\rb   , a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\r\\n.\\nb   , a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\r\\r\\nb    , a\\r\\n\\r\\nb\\r\\n.\\r\\n",
    "a\\n\\rb       , a\\r\\n\\r\\nb\\r\\n.\\r\\n",
    "..a            , ...a\\r\\n.\\r\\n",
  })
  void v5_data_isNormalisedStuffedAndEnded(String message, String wire) throws IOException {
    assertEquals(unescaped(wire), text(encode(bytes(unescaped(message)), 7, Framing.DATA)));
  }

  @ParameterizedTest
  @CsvSource({
    "''           , ''",
    ".            , .\\r\\n",
    "a\\n.\\r\\nb , a\\r\\n.\\r\\nb\\r\\n",
  })
  void v5_bdat_isNormalisedAndNeverStuffed(String message, String wire) throws IOException {
    assertEquals(unescaped(wire), text(encode(bytes(unescaped(message)), 3, Framing.BDAT)));
  }

  /** V6: where a buffer ends must not show. */
  @Test
  void v6_anyChunking_givesTheSameWire() throws IOException {
    byte[] message = bytes("..\r\n.\r\n.\n.\r.\r\n\n\r\r..a\r\n.b.\r\nlast");
    for (Framing framing : Framing.values()) {
      byte[] whole = encode(message, message.length, framing);
      for (int first = 0; first <= message.length; first++) {
        for (int second = first; second <= message.length; second++) {
          assertArrayEquals(whole, encode(message, framing, 0, first, second, message.length));
        }
      }
    }
  }

  /** V5, by lenient readers: each sees exactly one message, whatever line ends it believes in. */
  @Test
  void v5_randomMessages_endOnceForEveryLenientReader() throws IOException {
    long seed = Long.getLong("mx.seed", 20261123L);
    Random random = new Random(seed);
    Pattern lenient = Pattern.compile("(?<=\n|\r|^)\\.(?=\r|\n)");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder message = new StringBuilder();
      random
          .ints(random.nextInt(24), 0, ALPHABET.length())
          .forEach(at -> message.append(ALPHABET.charAt(at)));
      byte[] wire = encode(bytes(message.toString()), 1 + random.nextInt(5), Framing.DATA);
      String text = text(wire);
      String case_ = "seed " + seed + " case " + i;
      assertEquals(1, lenient.matcher(text).results().count(), case_);
      assertFalse(Pattern.compile("\r(?!\n)|(?<!\r)\n").matcher(text).find(), case_);
    }
  }

  @Test
  void sizeOfTheWire_isWhatTheFactsSaid() throws IOException {
    long seed = Long.getLong("mx.seed", 42L);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder message = new StringBuilder();
      random
          .ints(random.nextInt(24), 0, ALPHABET.length())
          .forEach(at -> message.append(ALPHABET.charAt(at)));
      byte[] stored = bytes(message.toString());
      long announced = MessageFacts.of(MessageSource.of(stored)).wireSize();
      assertEquals(announced, encode(stored, 5, Framing.BDAT).length, "seed " + seed + " " + i);
    }
  }

  @Test
  void v6_blocksOfALargeMessage_areTheSameWire() throws IOException {
    byte[] message = bytes(".line\n".repeat(40_000));
    BodyBlocks blocks =
        new BodyBlocks(new BodyBlocks.Space(), new ByteArrayInputStream(message), Framing.DATA);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int count = 0;
    do {
      blocks.next();
      wire.write(blocks.bytes(), 0, blocks.length());
      count++;
    } while (!blocks.isLast());
    assertEquals(4, count);
    assertArrayEquals(encode(message, message.length, Framing.DATA), wire.toByteArray());
  }

  private static byte[] encode(byte[] message, int chunk, Framing framing) throws IOException {
    int chunks = message.length / Math.max(chunk, 1) + 2;
    int[] offsets = new int[chunks];
    for (int i = 0; i < chunks; i++) {
      offsets[i] = Math.min(i * chunk, message.length);
    }
    return encode(message, framing, offsets);
  }

  private static byte[] encode(byte[] message, Framing framing, int... offsets) throws IOException {
    WireEncoder encoder = new WireEncoder(framing);
    byte[] to = new byte[WireEncoder.room(message.length)];
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int i = 1; i < offsets.length; i++) {
      byte[] part = Arrays.copyOfRange(message, offsets[i - 1], offsets[i]);
      wire.write(to, 0, encoder.encode(part, part.length, to, 0));
    }
    wire.write(to, 0, encoder.finish(to, 0));
    return wire.toByteArray();
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
