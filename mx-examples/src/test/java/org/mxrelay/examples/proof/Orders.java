package org.mxrelay.examples.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node is told: words of the form {@code key=value}.
 *
 * <p>Immutable.
 */
record Orders(Map<String, String> words) {

  /** Where all files are. */
  Path folder() {
    return Path.of(words.get("folder"));
  }

  String text(String key, String otherwise) {
    return words.getOrDefault(key, otherwise);
  }

  int number(String key, int otherwise) {
    return Integer.parseInt(text(key, String.valueOf(otherwise)));
  }

  Orders with(String key, Object value) {
    Map<String, String> more = new HashMap<>(words);
    more.put(key, value.toString());
    return new Orders(Map.copyOf(more));
  }

  static Orders of(String[] arguments) {
    Map<String, String> words = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      words.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new Orders(Map.copyOf(words));
  }

  List<String> arguments() {
    List<String> all = new ArrayList<>();
    words.forEach((key, value) -> all.add(key + "=" + value));
    return all;
  }
}
