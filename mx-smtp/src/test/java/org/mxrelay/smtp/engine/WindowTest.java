package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  private static final int LIMIT = 20;

  /** One letter a session: a for an answer, f for a failure; all of the window is used. */
  @ParameterizedTest
  @CsvSource({
    // start, sessions, size then
    "unproven, '', 1",
    "unproven, f, 1",
    "unproven, fff, 1",
    "unproven, a, 5",
    "unproven, aa, 6",
    "unproven, aaaaa, 9",
    "unproven, aaaaaaaaaaaaaaaaaaaaaaaa, 20",
    // the first failure ends that
    "unproven, af, 4",
    "unproven, afa, 4",
    "unproven, afaaa, 4",
    "unproven, afaaaa, 5",
    "unproven, afaaaaaaaaa, 6",
    "unproven, affff, 1",
    "unproven, affffff, 1",
    "unproven, affffa, 2",
    // what was not yet worth a session is lost with a failure
    "unproven, afaaafaa, 3",
    "unproven, afaaafaaa, 4",
    "back, '', 1",
    "back, a, 2",
    "back, aaaa, 16",
    "back, aaaaa, 20",
    "back, aaaaaaaaa, 20",
    "back, aaf, 3",
    "back, aafa, 6",
    "back, f, 1",
  })
  void window_growsWithAnswersAndShrinksWithFailures(String start, String sessions, int size) {
    Window window = start.equals("back") ? Window.back() : Window.unproven(1);
    for (char session : sessions.toCharArray()) {
      window = session == 'a' ? window.answered(window.size(), LIMIT) : window.failed();
    }
    assertEquals(size, window.size());
  }

  @Test
  void window_isWithinItsBounds_whateverHappens() {
    Window window = Window.unproven(1);
    int greatest = 0;
    for (int i = 0; i < 10_000; i++) {
      window = i % 100 < 20 ? window.failed() : window.answered(window.size(), 8);
      assertTrue(window.size() >= 1 && window.size() <= 8, window.toString());
      greatest = Math.max(greatest, window.size());
    }
    assertEquals(8, greatest);
  }

  @Test
  void windowThatIsNotUsed_doesNotGrow() {
    Window window = Window.unproven(1).answered(1, LIMIT);
    for (int i = 0; i < 1000; i++) {
      window = window.answered(2, LIMIT);
    }
    assertEquals(2 + Window.FIRST, window.size());
  }

  @Test
  void smallLimit_boundsTheStart() {
    assertEquals(2, Window.unproven(1).answered(1, 2).size());
    assertEquals(3, Window.back().answered(1, 3).answered(1, 3).size());
  }
}
