package org.mxrelay.examples.relay;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of MAIL and RCPT (RFC 5321, 4.1.1.2 and 4.1.1.3).
 *
 * <p>Immutable.
 *
 * @param path without its angle brackets and without a source route; empty for the null
 *     reverse-path
 * @param parameters by keyword, in upper case; empty values for those without
 */
record PathCommand(String path, Map<String, String> parameters) {

  // Blanks behind the colon are against the grammar, and common.
  private static final Pattern SYNTAX = Pattern.compile("\\s*<([^<>]*)>((?:\\s+\\S+)*)\\s*");

  /** RFC 5321, 4.1.1.3: source routes are to be ignored. */
  private static final Pattern SOURCE_ROUTE = Pattern.compile("^@[^:]*:");

  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~]+))?");

  PathCommand {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads what follows the verb.
   *
   * @param word {@code FROM} or {@code TO}
   * @return nothing if it is against the grammar
   */
  static Optional<PathCommand> read(String word, String arguments) {
    String start = word + ":";
    if (!arguments.regionMatches(true, 0, start, 0, start.length())) {
      return Optional.empty();
    }
    Matcher matcher = SYNTAX.matcher(arguments.substring(start.length()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String path = SOURCE_ROUTE.matcher(matcher.group(1)).replaceFirst("");
    return parameters(matcher.group(2).strip()).map(all -> new PathCommand(path, all));
  }

  private static Optional<Map<String, String>> parameters(String text) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String one : text.isEmpty() ? new String[0] : text.split("\\s+")) {
      Matcher matcher = PARAMETER.matcher(one);
      boolean recurs =
          matcher.matches()
              && all.put(
                      matcher.group(1).toUpperCase(Locale.ROOT),
                      matcher.group(2) == null ? "" : matcher.group(2))
                  != null;
      if (!matcher.matches() || recurs) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }
}
