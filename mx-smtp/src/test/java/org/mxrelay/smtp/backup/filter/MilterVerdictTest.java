package org.mxrelay.smtp.backup.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.backup.FilterVerdict;

class MilterVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "c, '',                     goes on",
    "s, '',                     goes on",
    "a, '',                     accept",
    "r, '',                     550 5.7.1 Refused by a filter",
    "d, '',                     550 5.7.1 Refused by a filter",
    "q, 'looks odd',            550 5.7.1 Refused by a filter",
    "t, '',                     451 4.7.1 Try again later",
    "4, '',                     451 4.7.1 Try again later",
    "f, '',                     451 4.7.1 Try again later",
    "y, '554 5.7.1 virus',      554 5.7.1 virus",
    "y, '451 4.3.2 wait 5%%',   451 4.3.2 wait 5%",
    "y, '550-5.7.1 a\n550 b',   550 5.7.1 a b",
    "y, '421 4.7.0 go away',    421 4.7.0 go away",
  })
  void answer_verdict(char code, String text, String expected) throws IOException {
    Optional<FilterVerdict> verdict = MilterVerdict.of(MilterPacket.of(code, text), List.of());
    assertEquals(expected, verdict.map(MilterVerdictTest::shown).orElse("goes on"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 fine", "x", "", "5", "999 no"})
  void replyWithoutACode_isNone(String text) {
    assertThrows(
        MilterException.class,
        () -> MilterVerdict.of(MilterPacket.of(MilterPacket.REPLY_CODE, text), List.of()));
  }

  @Test
  void unknownLetter_isNoAnswer() {
    assertThrows(MilterException.class, () -> MilterVerdict.of(MilterPacket.of('Z'), List.of()));
  }

  static String shown(FilterVerdict verdict) {
    return verdict.fold(
        accept ->
            accept.add().stream()
                .map(f -> " " + f.toString().strip())
                .reduce("accept", String::concat),
        refuse -> refuse.reply().printable(),
        defer -> defer.reply().printable());
  }
}
