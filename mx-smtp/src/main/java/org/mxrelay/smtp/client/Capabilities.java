package org.mxrelay.smtp.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.mxrelay.reply.Reply;

/**
 * What a peer offered in its reply to EHLO (RFC 5321, 4.1.1.1).
 *
 * <p>Immutable.
 */
final class Capabilities {

  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Nothing: before EHLO, after HELO, and right after STARTTLS. */
  static final Capabilities NONE = new Capabilities(Map.of());

  private final Map<String, String> parameters;
  private final Set<String> keywords;
  private final OptionalLong sizeLimit;
  private final TransactionLimits limits;

  /**
   * @param parameters of each keyword, in upper case, what stood behind it
   */
  private Capabilities(Map<String, String> parameters) {
    this.parameters = Map.copyOf(parameters);
    this.keywords = Set.copyOf(parameters.keySet());
    this.sizeLimit = sizeLimit(parameter("SIZE"));
    this.limits = TransactionLimits.parse(parameter("LIMITS"));
  }

  static Capabilities of(Reply ehlo) {
    Map<String, String> found = new LinkedHashMap<>();
    List<String> lines = ehlo.lines();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().split("\\s+", 2);
      if (KEYWORD.matcher(words[0]).matches()) {
        found.putIfAbsent(
            words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
      }
    }
    return new Capabilities(found);
  }

  /** The same without one of them. */
  Capabilities without(String keyword) {
    Map<String, String> rest = new LinkedHashMap<>(parameters);
    rest.remove(keyword);
    return new Capabilities(rest);
  }

  /** What stood behind a keyword; empty where nothing did. */
  String parameter(String keyword) {
    return parameters.getOrDefault(keyword, "");
  }

  /** What it says of its limits (RFC 9422). */
  TransactionLimits limits() {
    return limits;
  }

  boolean offers(String keyword) {
    return parameters.containsKey(keyword);
  }

  /** The largest message the peer takes, if it says (RFC 1870, 4; zero means no limit). */
  OptionalLong sizeLimit() {
    return sizeLimit;
  }

  private static OptionalLong sizeLimit(String size) {
    long limit = NUMBER.matcher(size).matches() ? Long.parseLong(size) : 0;
    return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
  }

  Set<String> keywords() {
    return keywords;
  }
}
