package org.mxrelay.tls;

import java.time.Duration;
import java.util.List;

/**
 * What a domain says about TLS with its exchanges (RFC 8461, 3.2).
 *
 * <p>Immutable.
 *
 * @param mode how serious the domain is
 * @param mx patterns of its exchanges' names in lower case, {@code mx1.example.org} or {@code
 *     *.example.org}; at least one unless the mode is {@code NONE}
 * @param maxAge for how long it holds after it was fetched, up to {@link #LONGEST}
 */
public record StsPolicy(Mode mode, List<String> mx, Duration maxAge) {

  /** The longest that a policy may hold: 31,557,600 s, a year. */
  public static final Duration LONGEST = Duration.ofHours(8766);

  /** How serious a domain is about its policy. */
  public enum Mode {
    /** Deliver to no exchange that does not match, or whose TLS cannot be verified. */
    ENFORCE,
    /** Deliver all the same. */
    TESTING,
    /** There is no policy any more. */
    NONE
  }

  /**
   * @throws IllegalArgumentException if a pattern is none, there is none though the mode wants one,
   *     or the age is out of its range
   */
  public StsPolicy {
    mx = mx.stream().map(MxPattern::canonical).toList();
    if (mx.isEmpty() && mode != Mode.NONE) {
      throw new IllegalArgumentException("no mx in a policy of mode " + mode);
    }
    if (maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("max_age is not 0 to 31557600 s: " + maxAge);
    }
  }

  /** Whether an exchange of this name is one of the domain's (RFC 8461, 4.1). */
  public boolean matches(String exchange) {
    return mx.stream().anyMatch(pattern -> MxPattern.matches(pattern, exchange));
  }
}
