package org.mxrelay.examples.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {

  @Test
  void everyPromise_holds() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    boolean held = Demo.play(new PrintStream(out, true, StandardCharsets.UTF_8), Demo.Colour.OFF);

    String told = out.toString(StandardCharsets.UTF_8);
    assertTrue(held, told);
    assertTrue(told.contains("5. "), told);
    assertFalse(told.contains("\u001b"), "colour was off");
  }

  @Test
  void brokenPromise_failsTheWhole() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Narrator narrator =
        new Narrator(new PrintStream(out, true, StandardCharsets.UTF_8), Demo.Colour.ON);
    narrator.promise("water is wet", true);
    narrator.promise("pigs fly", false);

    assertFalse(narrator.end());
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("1 of 2 promises did not hold"));
  }
}
