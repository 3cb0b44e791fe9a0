package org.mxrelay.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something for some destinations, by pattern: a domain ({@code example.org}), everything below a
 * domain ({@code .example.org} or {@code *.example.org}, not the domain itself), an address literal
 * ({@code [192.0.2.1]}), or {@code *} for whatever no other pattern names. The most specific
 * pattern holds.
 *
 * <p>Immutable, if the values are.
 *
 * @param <V> what a destination is given
 */
public final class DestinationTable<V> {

  private static final String EVERYBODY = "*";

  /** By domain or literal as it stands on the wire, by {@code .suffix}, or by {@code *}. */
  private final Map<String, V> table;

  private DestinationTable(Map<String, V> table) {
    this.table = table;
  }

  /** A table without any pattern. */
  public static <V> DestinationTable<V> empty() {
    return new DestinationTable<>(Map.of());
  }

  /**
   * This table and one more pattern.
   *
   * @throws IllegalArgumentException if the pattern is none, or is there already
   */
  public DestinationTable<V> and(String pattern, V value) {
    Map<String, V> more = new LinkedHashMap<>(table);
    if (more.put(key(pattern), value) != null) {
      throw new IllegalArgumentException(pattern + " is given twice");
    }
    return new DestinationTable<>(more);
  }

  /** What the most specific pattern gives a destination; nothing if none names it. */
  public Optional<V> find(Destination destination) {
    if (table.isEmpty()) {
      return Optional.empty(); // the common case, and asked for each message
    }
    return destination
        .fold(DestinationTable::keys, literal -> List.of(literal.toString(), EVERYBODY))
        .stream()
        .flatMap(key -> Stream.ofNullable(table.get(key)))
        .findFirst();
  }

  /** All values, in the order in which they were given. */
  public List<V> values() {
    return List.copyOf(table.values());
  }

  /** The patterns that name a domain, the most specific first. */
  private static List<String> keys(Domain domain) {
    List<String> keys = new ArrayList<>();
    String name = domain.name();
    keys.add(name);
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      keys.add(name.substring(dot));
    }
    keys.add(EVERYBODY);
    return keys;
  }

  private static String key(String pattern) {
    if (pattern.equals(EVERYBODY)) {
      return EVERYBODY;
    }
    String below = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
    try {
      return below.startsWith(".")
          ? "." + Domain.of(below.substring(1))
          : Destination.parse(below).toString();
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException("not a pattern: " + e.getMessage(), e);
    }
  }
}
