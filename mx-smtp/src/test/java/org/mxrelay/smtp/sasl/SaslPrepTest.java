package org.mxrelay.smtp.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 4013, 3, and some more. */
class SaslPrepTest {

  @ParameterizedTest
  @CsvSource({
    "I\u00adX, IX",
    "user, user",
    "USER, USER",
    "\u00aa, a",
    "\u2168, IX",
    "a\u00a0b, a b"
  })
  void text_isPrepared(String text, String prepared) {
    assertEquals(prepared, SaslPrep.prepared("user", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0007", "a\u0000b", "\u00ad", "a\u202eb", "\ue000"})
  void textThatIsProhibited_isRefusedWithoutShowingIt(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SaslPrep.prepared("password", text));
    assertEquals("password", e.getMessage().substring(0, e.getMessage().indexOf(':')));
  }

  @Test
  void plainAndXoauth2_refuseWhatSeparatesTheirFields() {
    assertThrows(IllegalArgumentException.class, () -> new PlainExchange("a\0b", "c"));
    assertThrows(IllegalArgumentException.class, () -> new Xoauth2Exchange("a\u0001", "c"));
  }
}
