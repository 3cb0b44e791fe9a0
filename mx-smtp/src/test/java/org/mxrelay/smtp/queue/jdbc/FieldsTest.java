package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {

  @Test
  void anyText_comesBackAndStaysOnItsLine() {
    long seed = Long.getLong("mx.seed", 20260301L);
    Random random = new Random(seed);
    String alphabet = "ab\\\t\n\r\0tnr0|ü\ud83d\ude00";
    for (int i = 0; i < 2_000; i++) {
      List<String> fields =
          IntStream.range(0, 1 + random.nextInt(4)).mapToObj(f -> text(random, alphabet)).toList();
      String joined = Fields.join(fields);
      assertEquals(fields, Fields.split(joined, fields.size()), "seed " + seed);
      assertFalse(joined.contains("\n") || joined.contains("\0"), "seed " + seed);
    }
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\tb\tc", "a\\x\tb", "a\tb\\"})
  void otherText_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Fields.split(text, 2));
  }

  @Test
  void longText_isCutBetweenCharacters() {
    assertEquals("ab", Fields.bounded("ab", 2));
    assertEquals("ab", Fields.bounded("abc", 2));
    assertEquals("a", Fields.bounded("a\ud83d\ude00", 2));
  }
}
