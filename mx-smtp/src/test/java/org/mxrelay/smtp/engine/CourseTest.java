package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CourseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT0.001S",
        "PT0.000000007S",
        "PT1S",
        "PT7.999999999S",
        "PT120H",
        "PT876000H",
        "PT2562047788015215H30M7.999999999S"
      })
  void threeQuarters_areThoseOfTheLibrary(Duration whole) {
    assertEquals(whole.dividedBy(4).multipliedBy(3), Course.threeQuarters(whole));
  }
}
