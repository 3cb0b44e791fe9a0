package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkIdnaMapperTest {

  private final IdnaMapper jdk = new JdkIdnaMapper();
  private final IdnaMapper icu = new IcuIdnaMapper();

  @ParameterizedTest
  @CsvSource({
    "b\u00fccher.example, xn--bcher-kva.example",
    "B\u00dcCHER.example, xn--bcher-kva.example",
    "bu\u0308cher.example, xn--bcher-kva.example",
    "\u4f8b\u3048\u3002jp, xn--r8jz45g.jp",
    "_x.b\u00fccher.example, _x.xn--bcher-kva.example",
    "r3---sn.b\u00fccher.example, r3---sn.xn--bcher-kva.example",
    "xn--fa-hia.b\u00fccher.example, xn--fa-hia.xn--bcher-kva.example",
  })
  void whatBothStandardsMapAlike_isMapped(String name, String ascii) {
    assertEquals(ascii, jdk.toAscii(name));
    assertEquals(ascii, icu.toAscii(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fa\u00df.de", // IDNA2003: fass.de
        "\u03c3\u03bf\u03c6\u03cc\u03c2.gr", // a final sigma
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example", // a joiner
        "a\u200db\u00fc.example",
        "\u2615\ufe0f.example",
        "\ud83d\ude00.example", // not in Unicode 3.2
        "\u0221.example",
        "\u1e9e.example", // capital sharp s
        "\u10a0.example", // a Georgian capital that had no small letter yet
        "\uff45xample\u00fc.example", // full width
        "exam\u00adple.example", // a soft hyphen, dropped
        "\ufb01.example", // the ligature fi
        "a\nb\u00fc.example",
        "\ud800.example",
      })
  void whatMightBecomeAnotherName_isRefusedWithAdvice(String name) {
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> jdk.toAscii(name));
    assertTrue(e.why().contains("add ICU4J"), e.getMessage());
  }

  /** If the JDK maps a character, alone or between letters, UTS 46 maps it alike or not at all. */
  @Test
  @Tag("property")
  void anyCharacter_neverNamesAnotherDomainThanIcu() {
    List<String> wrong = new ArrayList<>();
    List<String> alike = new ArrayList<>();
    CodePoints.beyondAscii()
        .mapToObj(Character::toString)
        .flatMap(c -> Stream.of(c, "a" + c + "b"))
        .forEach(
            label -> {
              Optional<String> mine = mapped(jdk, label);
              Optional<String> theirs = mine.isPresent() ? mapped(icu, label) : Optional.empty();
              if (theirs.isPresent()) {
                (theirs.equals(mine) ? alike : wrong).add(label + ": " + mine + " " + theirs);
              }
            });
    assertEquals(List.of(), wrong);
    assertTrue(alike.size() > 1_500, "mapped alike: " + alike.size());
  }

  private static Optional<String> mapped(IdnaMapper mapper, String label) {
    try {
      String ascii = mapper.toAscii(label + ".example");
      ALabel.requireAllValid(ascii);
      return Optional.of(ascii);
    } catch (InvalidAddressException e) {
      return Optional.empty();
    }
  }
}
