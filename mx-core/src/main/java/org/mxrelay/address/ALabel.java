package org.mxrelay.address;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks labels that begin with {@code xn--}: each must stand for a U-label that stands for it (RFC
 * 5890, 2.3.2.1).
 *
 * <p>Needs neither ICU4J nor the tables of IDNA: an A-label is exact, and can name no domain but
 * its own. What is refused is what no U-label could have become.
 */
final class ALabel {

  private static final String PREFIX = "xn--";

  private ALabel() {}

  /**
   * @throws InvalidAddressException if a label of the canonical name begins with {@code xn--} and
   *     is no A-label
   */
  static void requireAllValid(String name) {
    if (!name.contains(PREFIX)) {
      return;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.startsWith(PREFIX) && !isValid(label)) {
        throw new InvalidAddressException(name, "the label '" + label + "' is no A-label");
      }
    }
  }

  private static boolean isValid(String label) {
    String encoded = label.substring(PREFIX.length());
    Optional<String> decoded = Punycode.decode(encoded);
    return decoded.isPresent()
        && decoded.get().chars().anyMatch(c -> c > 0x7f)
        && Punycode.encode(decoded.get()).equals(encoded)
        && isULabel(decoded.get());
  }

  private static boolean isULabel(String label) {
    // RFC 5891, 4.2.3.1: no hyphens in the third and fourth place of a U-label.
    return !label.startsWith("--", 2)
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.codePoints().noneMatch(ALabel::isMapped)
        && Normalizer.isNormalized(label, Normalizer.Form.NFKC)
        && Normalizer.normalize(label, Normalizer.Form.NFKD)
            .chars()
            .allMatch(c -> c > 0x7f || c == '-' || c == '_' || Characters.isLetterOrDigit(c));
  }

  /** Whether no mapping would have left the character in a label (UTS 46, 4). */
  private static boolean isMapped(int c) {
    return isChangedByType(c) || !isFolded(c) || isIgnoredOrDisallowed(c);
  }

  private static boolean isChangedByType(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // RFC 5892, A.1 and A.2: the joiners have their places.
      case Character.FORMAT -> c != 0x200c && c != 0x200d;
      default -> false;
    };
  }

  private static boolean isFolded(int c) {
    if (UnicodeScript.of(c) == UnicodeScript.CHEROKEE) {
      // Alone of all scripts, it is folded to its capitals.
      return !Character.isLowerCase(c);
    }
    // UTS 46, 2.3: sharp s and final sigma stand for themselves; dotless i always did.
    if (c == 0xdf || c == 0x3c2 || c == 0x131) {
      return true;
    }
    String same = Character.toString(c);
    String folded = same.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC).equals(same);
  }

  /** The invisible and the undrawable that have no type of their own. */
  private static boolean isIgnoredOrDisallowed(int c) {
    return c == 0x34f
        || isBetween(c, 0x115f, 0x1160)
        || isBetween(c, 0x17b4, 0x17b5)
        || isBetween(c, 0x180b, 0x180f)
        || isBetween(c, 0x2ff0, 0x2fff)
        || c == 0x31ef
        || c == 0x3002
        || isBetween(c, 0xfe00, 0xfe0f)
        || isBetween(c, 0xfff0, 0xffff)
        || c >= 0xe0000;
  }

  private static boolean isBetween(int c, int first, int last) {
    return c >= first && c <= last;
  }
}
