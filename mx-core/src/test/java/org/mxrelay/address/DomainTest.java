package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

  private static final String LABEL_63 = "d".repeat(63);

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org",
    "Example.ORG., example.org",
    "b\u00fccher.example., xn--bcher-kva.example",
    "fa\u00df.de, xn--fa-hia.de",
    "\u212aelvin.example, kelvin.example",
    "I.example, i.example",
  })
  void textOfPeople_isMadeCanonical(String text, String canonical) {
    assertEquals(canonical, Domain.of(text).name());
    assertEquals(Domain.of(text), Domain.of(canonical));
    assertEquals(Domain.of(text), new Domain(canonical));
  }

  @Test
  void lowerCase_isThatOfTheDnsWhateverTheLocale() {
    assertEquals("mail.title.example", Domain.of("MAIL.TITLE.EXAMPLE").name());
  }

  @Test
  void limits_are63And253() {
    String longest = String.join(".", LABEL_63, LABEL_63, LABEL_63, "d".repeat(61));
    assertEquals(253, Domain.of(longest).name().length());
    assertEquals(longest, Domain.of(longest + ".").name());
    assertWhy("at most 253 octets", longest + "d");
    assertWhy("1 to 63 octets", LABEL_63 + "d.example");
    assertWhy("at most 253 octets", "a.".repeat(5_000) + "example");
    assertWhy("UTS 46 (label too long)", "\u00fc" + LABEL_63 + ".example");
    assertWhy("at most 253 octets", "\u00fc".repeat(1_001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Example.org", "example.org.", "b\u00fccher.example", "", ".", "1.2.3.4"})
  void constructor_takesOnlyTheCanonicalForm(String name) {
    assertThrows(InvalidAddressException.class, () -> new Domain(name));
  }

  @Test
  void labelOfTheDnsThatNoMappingGives_isKept() {
    assertDoesNotThrow(() -> new Domain("xn--abc.example"));
    assertWhy("no A-label", "xn--abc.example");
  }

  @Test
  void error_namesTheInputAsItWasGiven() {
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> Domain.of("B\u00dcCHER..example"));
    assertTrue(e.getMessage().contains("'B\u00dcCHER..example'"), e.getMessage());
  }

  @Test
  void destination_isADomainOrALiteral() {
    assertEquals("d", Destination.parse("x.example").fold(d -> "d", l -> "l"));
    assertEquals("l", Destination.parse("[192.0.2.1]").fold(d -> "d", l -> "l"));
  }

  @Test
  void reversePath_isAMailboxOrNull() {
    assertEquals(ReversePath.NULL, ReversePath.parse(""));
    assertEquals(ReversePath.NULL, ReversePath.parse("<>"));
    assertEquals("", ReversePath.NULL.toString());
    assertEquals(Mailbox.parse("a@x.example"), ReversePath.parse("a@x.example"));
    assertThrows(InvalidAddressException.class, () -> ReversePath.parse("<a@x.example>"));
    assertThrows(InvalidAddressException.class, () -> ReversePath.parse(" "));
  }

  private static void assertWhy(String reason, String text) {
    InvalidAddressException e = assertThrows(InvalidAddressException.class, () -> Domain.of(text));
    assertTrue(e.why().contains(reason), e.getMessage());
  }
}
