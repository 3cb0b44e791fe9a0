package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.IDNA;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ALabelTest {

  private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

  @Test
  @Tag("property")
  void anyCharacter_isTakenExactlyIfUts46LeavesIt() {
    List<String> wrong = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    CodePoints.beyondAscii()
        .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
        .mapToObj(c -> "a" + Character.toString(c) + "b")
        .forEach(
            label -> {
              boolean mine = isTaken("xn--" + Punycode.encode(label));
              if (mine != isLeft(label)) {
                wrong.add(String.format("U+%04X %s", label.codePointAt(1), mine));
              } else if (mine) {
                taken.add(label);
              }
            });
    assertEquals(List.of(), wrong);
    assertTrue(taken.size() > 1_500, "taken: " + taken.size());
  }

  private static boolean isLeft(String label) {
    if (label.matches("a[\u2260\u226e\u226f]b")) {
      return false; // '=', '<' and '>' under a stroke, which STD3 refuses
    }
    IDNA.Info info = new IDNA.Info();
    StringBuilder unicode = UTS46.labelToUnicode(label, new StringBuilder(), info);
    return !info.hasErrors() && label.contentEquals(unicode);
  }

  private static boolean isTaken(String label) {
    try {
      ALabel.requireAllValid(label);
      return true;
    } catch (InvalidAddressException e) {
      return false;
    }
  }
}
