package org.mxrelay.address;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maps names by what the JDK has, and refuses whatever might come out as another name.
 *
 * <p>{@link IDN} is IDNA2003 on Unicode 3.2: it makes {@code fass.de} of {@code faß.de}, somebody
 * else's domain. So a label is mapped only if IDNA2003 changed nothing in it but its case and its
 * normalisation form; all else needs ICU4J.
 */
final class JdkIdnaMapper implements IdnaMapper {

  // RFC 3490, 3.1: the four dots.
  private static final Pattern DOT = Pattern.compile("[.\u3002\uff0e\uff61]");

  private static final String ADVICE =
      "; give the name in A-labels (xn--), or add ICU4J (com.ibm.icu:icu4j) to the class path";

  @Override
  public String toAscii(String name) {
    return Arrays.stream(DOT.split(name, -1))
        .map(label -> isAscii(label) ? label : mapped(name, label))
        .collect(Collectors.joining("."));
  }

  private static boolean isAscii(String label) {
    return label.chars().allMatch(c -> c < 0x80);
  }

  private static String mapped(String name, String label) {
    label
        .codePoints()
        .filter(JdkIdnaMapper::isDeviation)
        .findFirst()
        .ifPresent(c -> refuse(name, c));
    String ascii = toAscii(name, label);
    // What IDNA2003 dropped, folded or knew under an older normalisation shows on the way back.
    String expected = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    if (!IDN.toUnicode(ascii).equals(expected)) {
      throw new InvalidAddressException(
          name, "IDNA2003 would change the label '" + label + "' to another" + ADVICE);
    }
    return ascii;
  }

  private static String toAscii(String name, String label) {
    try {
      return IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw new InvalidAddressException(
          name, "IDNA2003 cannot map the label '" + label + "' (" + e.getMessage() + ")" + ADVICE);
    }
  }

  /** UTS 46, 2.3: the four characters that IDNA2003 maps and IDNA2008 does not. */
  private static boolean isDeviation(int c) {
    return c == 0xdf || c == 0x3c2 || c == 0x200c || c == 0x200d;
  }

  private static void refuse(String name, int c) {
    String shown = String.format(Locale.ROOT, "U+%04X", c);
    throw new InvalidAddressException(
        name, "IDNA2003 would map the character " + shown + " to another name" + ADVICE);
  }
}
