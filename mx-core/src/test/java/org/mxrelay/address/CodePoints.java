package org.mxrelay.address;

import java.lang.Character.UnicodeScript;
import java.util.Set;
import java.util.stream.IntStream;
import org.mxrelay.checks.Property;

/** The characters on which the mapping of names is compared with ICU4J's. */
final class CodePoints {

  private static final Set<UnicodeScript> LARGE =
      Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.TANGUT, UnicodeScript.UNKNOWN);

  private CodePoints() {}

  /**
   * Of the first two planes beyond ASCII the scripts of the living, and every 8th of the rest;
   * where more cases are wanted, all of them. Of the large uniform scripts every 32nd always.
   */
  static IntStream beyondAscii() {
    return IntStream.range(0x80, 0x20000)
        .filter(c -> c < 0x1000 || c % 8 == 0 || Property.isThorough())
        .filter(c -> c % 32 == 0 || !LARGE.contains(UnicodeScript.of(c)));
  }
}
