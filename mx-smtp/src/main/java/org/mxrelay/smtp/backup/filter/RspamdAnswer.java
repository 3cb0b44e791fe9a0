package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.backup.HeaderField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What rspamd says of a message.
 *
 * <p>Immutable.
 *
 * @param action in its words: {@code no action}, {@code reject}, ...
 * @param words for the client, if it has any
 * @param symbols what it found, each with its options
 * @param fields to be added, in order
 */
record RspamdAnswer(
    String action,
    Optional<String> words,
    Map<String, List<String>> symbols,
    List<HeaderField> fields) {

  private static final Logger log = LoggerFactory.getLogger(RspamdAnswer.class);

  RspamdAnswer {
    symbols = Map.copyOf(symbols);
    fields = List.copyOf(fields);
  }

  /**
   * @throws IOException if it is no such answer
   */
  static RspamdAnswer read(byte[] json) throws IOException {
    Map<?, ?> answer = members(Json.read(new String(json, UTF_8)));
    if (!(answer.get("action") instanceof String action)) {
      throw new IOException("an answer without an action");
    }
    Optional<String> words = text(members(answer.get("messages")).get("smtp_message"));
    return new RspamdAnswer(
        action,
        words,
        symbols(members(answer.get("symbols"))),
        fields(members(members(answer.get("milter")).get("add_headers"))));
  }

  private static Map<String, List<String>> symbols(Map<?, ?> found) {
    Map<String, List<String>> symbols = new LinkedHashMap<>();
    found.forEach(
        (name, symbol) -> symbols.put(String.valueOf(name), texts(members(symbol).get("options"))));
    return symbols;
  }

  /** A field's value stands alone, or as an object with its place, or there are several. */
  private static List<HeaderField> fields(Map<?, ?> added) {
    List<HeaderField> fields = new ArrayList<>();
    added.forEach(
        (name, value) -> {
          List<?> values = value instanceof List<?> several ? several : List.of(value);
          for (Object one : values) {
            Object bare = one instanceof Map<?, ?> placed ? placed.get("value") : one;
            text(bare).flatMap(v -> field(String.valueOf(name), v)).ifPresent(fields::add);
          }
        });
    return fields;
  }

  private static Optional<HeaderField> field(String name, String value) {
    try {
      return Optional.of(new HeaderField(name, value));
    } catch (IllegalArgumentException e) {
      log.warn("rspamd adds what is no header field: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Map<?, ?> members(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String s && !s.isBlank() ? Optional.of(s) : Optional.empty();
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
