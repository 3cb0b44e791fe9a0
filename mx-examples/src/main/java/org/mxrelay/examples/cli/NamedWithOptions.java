package org.mxrelay.examples.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service by its name, and its options: {@code NAME} or {@code NAME:KEY=VALUE,KEY=VALUE}.
 *
 * <p>Immutable.
 */
record NamedWithOptions(String name, Map<String, String> options) {

  NamedWithOptions {
    options = Map.copyOf(options);
  }

  /**
   * @param option the command line's, for errors
   */
  static NamedWithOptions parse(String option, String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Map<String, String> options = new LinkedHashMap<>();
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    for (String pair : rest.isEmpty() ? new String[0] : rest.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1
          || options.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw UsageError.of(
            option, text, "expected KEY=VALUE, each KEY once, in place of: " + pair);
      }
    }
    return new NamedWithOptions(name, options);
  }

  /** The same, with options where they are known to the service and were not given. */
  NamedWithOptions withDefaults(Map<String, String> known, Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.keySet().retainAll(known.keySet());
    all.values().removeIf(String::isEmpty);
    all.putAll(options);
    return new NamedWithOptions(name, all);
  }
}
