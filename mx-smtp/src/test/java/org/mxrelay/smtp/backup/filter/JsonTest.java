package org.mxrelay.smtp.backup.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void everyKindOfValue_isRead() throws IOException {
    assertEquals(
        Map.of(
            "a", Arrays.asList(1.0, -2.5e3, true, false, null),
            "b", Map.of("c", "\u00e9\n\"\\/\ud83d\ude00"),
            "d", List.of(),
            "e", Map.of()),
        Json.read(
            " {\"a\" : [1, -2.5e3 , true,false,null], \"b\":{\"c\":\"\\u00e9\\n"
                + "\\\"\\\\\\/\\ud83d\\ude00\"},\"d\":[ ],\"e\":{ }} "));
  }

  @Test
  void duplicateName_lastOneCounts() throws IOException {
    assertEquals(Map.of("a", 2.0), Json.read("{\"a\":1,\"a\":2}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,",
        "[1 2]",
        "{\"a\"}",
        "{a:1}",
        "{\"a\":1,}",
        "\"open",
        "\"\\",
        "\"\\x\"",
        "\"\\u12",
        "\"\\u12g4\"",
        "tru",
        "nul",
        "1x",
        "--1",
        "{} {}"
      })
  void whatIsNotJson_isRefused(String text) {
    assertThrows(IOException.class, () -> Json.read(text));
  }

  @Test
  void nestedWithoutEnd_isRefusedBeforeTheStackEnds() {
    assertThrows(IOException.class, () -> Json.read("[".repeat(100_000)));
    assertThrows(IOException.class, () -> Json.read("{\"a\":".repeat(100_000)));
  }
}
