package org.mxrelay.tls;

import java.util.Locale;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;

/** The patterns of a policy (RFC 8461, 4.1). Stateless. */
final class MxPattern {

  private static final String WILDCARD = "*.";

  private MxPattern() {}

  /**
   * The pattern in lower case.
   *
   * @throws IllegalArgumentException if it is neither a domain name nor one behind {@code *.}
   */
  static String canonical(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String name = lower.startsWith(WILDCARD) ? lower.substring(WILDCARD.length()) : lower;
    try {
      return lower.startsWith(WILDCARD) ? WILDCARD + new Domain(name) : new Domain(name).name();
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException("mx is no pattern: " + e.why(), e);
    }
  }

  /** Whether a canonical pattern means this exchange. */
  static boolean matches(String pattern, String exchange) {
    String name = exchange.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith(WILDCARD)) {
      return pattern.equals(name);
    }
    // RFC 8461, 4.1: the asterisk stands for the left-most label, whole, and for no other.
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot + 1).equals(pattern.substring(WILDCARD.length()));
  }
}
