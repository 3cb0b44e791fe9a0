package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final List<String> started = new ArrayList<>();
  private final InFlight inFlight = new InFlight(2);

  private void enter(String name) {
    inFlight.enter(() -> started.add(name));
  }

  @Test
  void noRoom_waitsInLine() {
    enter("a");
    enter("b");
    enter("c");
    enter("d");
    assertEquals(List.of("a", "b"), started);
    inFlight.leave();
    assertEquals(List.of("a", "b", "c"), started);
    inFlight.leave();
    inFlight.leave();
    inFlight.leave();
    enter("e");
    enter("f");
    enter("g");
    assertEquals(List.of("a", "b", "c", "d", "e", "f"), started);
  }

  @Test
  void thousandsThatGaveUp_holdNoPlaceAndNoStack() {
    enter("a");
    enter("b");
    for (int i = 0; i < 100_000; i++) {
      inFlight.enter(() -> false);
    }
    enter("c");
    inFlight.leave();
    assertEquals(List.of("a", "b", "c"), started);
    inFlight.leave();
    inFlight.enter(() -> false);
    enter("d");
    assertEquals(List.of("a", "b", "c", "d"), started);
  }
}
