package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeOptionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a\rb", "a\nb", "a\0b", "\u00e9", "\u010d", "a\u2028b", "\u007f"})
  void envidThatNoReportCouldCarry_isRefused(String envid) {
    String why =
        assertThrows(IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withEnvid(envid))
            .getMessage();
    assertTrue(why.startsWith("ENVID "), why);
  }

  @Test
  void priority_isOneOfNineteen() {
    assertEquals(Optional.of(-9), EnvelopeOptions.NONE.withPriority(-9).priority());
    assertEquals(Optional.of(9), EnvelopeOptions.NONE.withPriority(9).withEnvid("x").priority());
    assertThrows(IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withPriority(10));
    assertThrows(IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withPriority(-10));
  }

  @Test
  void envid_holdsAnyPrintableAscii() {
    assertEquals(Optional.of("order 7 +=~"), EnvelopeOptions.NONE.withEnvid("order 7 +=~").envid());
    assertEquals(
        100, EnvelopeOptions.NONE.withEnvid("x".repeat(100)).envid().orElseThrow().length());
    assertThrows(
        IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withEnvid("x".repeat(101)));
  }
}
