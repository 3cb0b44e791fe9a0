package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 0.25 s",
    "PT90S, 1 min 30 s",
    "PT5M, 5 min",
    "PT4H30M, 4 h 30 min",
    "P5D, 5 d"
  })
  void duration_isWrittenInItsTwoGreatestUnits(String given, String written) {
    assertEquals(written, Words.of(Duration.parse(given)));
  }
}
