package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "over quota; the user is over quota; true",
        "over quota; over the quota; false",
        "over . quota; over the whole quota; true",
        "over . quota; over all of the quota; false",
        "over .. quota; over one two three four five six quota; true",
        "over .. quota; over one two three four five six seven quota; false",
        "over .. quota; quota over; false",
        "greylist*; you are Greylisted; true",
        "greylist*; grey; false",
        "(try|come back) later; please come back later; true",
        "(try|come back) later; please come later; false",
        "try (again)? later; try later; true",
        "try (again)? later; try again later; true",
        "(a|(b|c) d) e; c d e; true",
        "(a|(b|c) d) e; c e; false",
        "@ unknown; <ann@dest.example> unknown; true",
        "# blocked; [192.0.2.4] blocked; true",
        "# blocked; 2001:db8::4 blocked; true",
        "doesnt exist; it doesn't exist; true",
        "容量; 邮箱容量已满; true",
        "email; your e-mail here; true",
        "url listed; the URL listed; true",
      })
  void phrase_isFoundOrNot(String phrase, String text, boolean expected) {
    Vocabulary vocabulary = new Vocabulary();
    SearchPhrase parsed = PhraseParser.parse(phrase, vocabulary);
    assertEquals(expected, parsed.isIn(vocabulary.find(Words.of(text, "550"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "a ..", ". a", "(a", "a)", "()", "(a|)", "a | b", "*", "a*b", "(a)?"})
  void wrongPhrase_isRefused(String phrase) {
    assertThrows(
        IllegalArgumentException.class, () -> PhraseParser.parse(phrase, new Vocabulary()));
  }

  /** Positions are bits, 64 in a word of the machine: no match may be lost or found at its edge. */
  @Test
  void phrase_isFoundWhereverItStands() {
    Vocabulary vocabulary = new Vocabulary();
    SearchPhrase phrase = PhraseParser.parse("over . quota", vocabulary);
    for (int before = 0; before < 200; before++) {
      String text = "x ".repeat(before) + "over the whole quota" + " x".repeat(70);
      assertEquals(true, phrase.isIn(vocabulary.find(Words.of(text, "550"))), "at " + before);
      String far = "x ".repeat(before) + "over x x x quota";
      assertEquals(false, phrase.isIn(vocabulary.find(Words.of(far, "550"))), "at " + before);
    }
  }

  /** A table is read whole or refused with its line, never by a stack that overflows. */
  @Test
  void deepParentheses_areRefused() {
    Vocabulary vocabulary = new Vocabulary();
    PhraseParser.parse("(a ".repeat(20) + ")".repeat(20), vocabulary);
    PhraseParser.parse("(a) ".repeat(500), vocabulary);
    for (int depth : new int[] {21, 100_000}) {
      String phrase = "(a ".repeat(depth) + ")".repeat(depth);
      assertThrows(
          IllegalArgumentException.class, () -> PhraseParser.parse(phrase, vocabulary), "" + depth);
    }
  }

  @Test
  void nestedBeginnings_areAllFound() {
    Vocabulary vocabulary = new Vocabulary();
    List<String> terms = List.of("t*", "temp*", "tempa*", "temporar*", "temporarily", "tz*");
    int[] numbers = terms.stream().mapToInt(vocabulary::number).toArray();
    Occurrences found = vocabulary.find(List.of("x", "temporarily"));
    List<Boolean> present = java.util.Arrays.stream(numbers).mapToObj(n -> found.has(n)).toList();
    assertEquals(List.of(true, true, false, true, true, false), present);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "550 5.1.1 Unknown <ann@dest.example>; unknown @",
        "see https://mx.example/a/blocked?x=1&p=2 now; see mx example now",
        "see https://support.example/mail/?p=NoSuchUser; see support example nosuchuser",
        "Empfänger überfüllt; empfanger uberfullt",
        "550-5.7.1 line 550 5.7.1 again; line again",
        "l'adresse n'existe; l adresse n existe",
      })
  void text_isCutIntoWords(String text, String words) {
    assertEquals(words, String.join(" ", Words.of(text, "550")));
  }

  @Test
  void longText_isReadInPart() {
    assertEquals(Words.MAX_WORDS, Words.of("a ".repeat(50_000), "550").size());
  }
}
