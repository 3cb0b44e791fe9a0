package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  @ParameterizedTest
  @CsvSource({
    "550, 5.1.10 nobody, 5.1.10",
    "451, 4.7.500 later, 4.7.500",
    "250, 2.1.5 fine, 2.1.5",
    "550, 5.7.1, 5.7.1",
    "550, 4.2.2 contradicts, ''",
    "550, 5.7.1: a colon, ''",
    "550, 5.7.1.2 four parts, ''",
    "550, 5.1234.1 too many digits, ''",
    "550, (#5.1.1) elsewhere, ''",
    "354, 3.0.0 no such class, ''",
    "550, '', ''",
  })
  void status_isReadInItsPlaceAndOfItsClass(int code, String text, String status) {
    assertEquals(
        status, Reply.of(code, text).status().map(EnhancedStatusCode::toString).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "550, (#5.1.1) gone, 5.1.1",
    "550, #5.1.0 gone, 5.1.0",
    "550, ''5.7.1 gone, 5.7.1",
    "550, [5.1.1] gone, 5.1.1",
    "550, 5.1.1: gone, 5.1.1",
    "550, at 192.0.2.4 with version 5.6.7.8, ''",
    "550, first 4.2.2 then 5.2.2, 5.2.2",
    "550, 4.2.2 alone, 4.2.2",
  })
  void status_isFoundElsewhereForTheClassifier(int code, String text, String status) {
    Reply reply = Reply.of(code, text);
    assertEquals(status, ReplyText.status(reply).map(EnhancedStatusCode::toString).orElse(""));
  }

  @Test
  void textWithLineEnds_becomesLinesWithoutTheCode() {
    Reply reply = Reply.of(550, "5.7.1 one\r\n550-5.7.1 two\n550 5.7.1 three");
    assertEquals(List.of("5.7.1 one", "5.7.1 two", "5.7.1 three"), reply.lines());
    assertEquals("5.7.1 one two three", reply.text());
    assertEquals("550 5.7.1 one two three", reply.printable());
  }

  @Test
  void statusOfAnotherClass_staysInTheText() {
    Reply reply = Reply.of(550, EnhancedStatusCode.of("4.2.2"), "full");
    assertEquals(Optional.empty(), reply.status());
    assertEquals("4.2.2 full", reply.text());
  }

  @Test
  void statusOfItsClass_isTheStatus() {
    Reply reply = Reply.of(550, EnhancedStatusCode.of("5.2.2"), "full");
    assertEquals(Optional.of(EnhancedStatusCode.of("5.2.2")), reply.status());
    assertEquals("550 5.2.2 full", reply.toString());
  }

  @Test
  void contradictingParts_areRefused() {
    Optional<EnhancedStatusCode> status = Optional.of(EnhancedStatusCode.of("4.0.0"));
    List<String> lines = List.of("x");
    assertThrows(IllegalArgumentException.class, () -> new Reply(550, status, lines));
    assertThrows(IllegalArgumentException.class, () -> Reply.of(199, "x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reply(550, Optional.empty(), List.of("one\ntwo")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[31mred",
        "a\u202eevil",
        "a\u2066b",
        "a\u200bb",
        "a\ufeffb",
        "a\u2028b",
        "a\u0085b",
        "a\ud800b",
        "a\udc00",
        "a\u00adb",
        "a\ue000b",
        "a\u3164b",
        "a\u0000b"
      })
  void hiddenCharacters_areShownByNumber(String text) {
    String shown = Printable.of(text);
    assertTrue(shown.contains("[U+"), shown);
    assertTrue(shown.chars().allMatch(c -> c >= ' ' && c < 0x7f), shown);
  }

  @Test
  void lettersOfAllScripts_stayAsTheyAre() {
    assertEquals("überfüllt 容量 почта 😀", Printable.of("überfüllt\u00a0容量\u3000почта\t😀"));
  }

  @Test
  void textThatFits_isNotCut() {
    for (int length = 990; length <= 1_000; length++) {
      assertEquals("x".repeat(length), Printable.of("x".repeat(length)));
    }
    assertEquals("x".repeat(997) + "...", Printable.of("x".repeat(1_001)));
    assertEquals("x".repeat(990) + "...", Printable.of("x".repeat(990) + "\u202e\u202e"));
  }

  @Test
  void longText_isCut() {
    String shown = Reply.of(550, "x".repeat(5_000)).printable();
    assertEquals(1_000, shown.length());
    assertTrue(shown.endsWith("..."));
    assertTrue(Printable.of("\u202e".repeat(5_000)).length() <= 1_000);
  }
}
