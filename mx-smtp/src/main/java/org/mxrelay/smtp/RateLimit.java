package org.mxrelay.smtp;

import java.util.Locale;
import java.util.Optional;

/**
 * How fast mail goes to destinations or exchanges whose names match a pattern. A limit counts for
 * each lane by itself: for each set of exchanges. Attempts count, not recipients.
 *
 * <p>Immutable.
 *
 * @param pattern a domain's or an exchange's name; {@code *.example.org} for all below it; {@code
 *     *} for all
 * @param messages attempts that begin, if they are limited
 * @param connections connections that are opened, if they are limited; by transports that ask
 */
public record RateLimit(String pattern, Optional<Rate> messages, Optional<Rate> connections) {

  /**
   * @throws IllegalArgumentException if the pattern is none
   */
  public RateLimit {
    pattern = pattern.toLowerCase(Locale.ROOT);
    String name = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
    if (!pattern.equals("*") && (name.isEmpty() || name.contains("*") || name.contains(" "))) {
      throw new IllegalArgumentException(
          "not a name, *.name or *: " + (pattern.isEmpty() ? "an empty pattern" : pattern));
    }
  }

  /** So many messages. */
  public static RateLimit messages(String pattern, Rate rate) {
    return new RateLimit(pattern, Optional.of(rate), Optional.empty());
  }

  /** So many connections. */
  public static RateLimit connections(String pattern, Rate rate) {
    return new RateLimit(pattern, Optional.empty(), Optional.of(rate));
  }

  /** The same limit with one of connections. */
  public RateLimit andConnections(Rate rate) {
    return new RateLimit(pattern, messages, Optional.of(rate));
  }

  /**
   * Whether it goes for that name, in lower case and A-labels as destinations and routes have it.
   */
  public boolean matches(String name) {
    if (pattern.equals("*")) {
      return true;
    }
    return pattern.startsWith("*.")
        ? name.length() >= pattern.length() && name.endsWith(pattern.substring(1))
        : name.equals(pattern);
  }
}
