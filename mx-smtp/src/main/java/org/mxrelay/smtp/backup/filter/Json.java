package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259): objects as maps, arrays as lists, strings, numbers as doubles, booleans,
 * and null. Duplicate names: the last one counts.
 *
 * <p>Confined to one thread.
 */
final class Json {

  /** Deeper than any answer of a filter; recursion must end before the stack does. */
  private static final int DEEPEST = 64;

  private static final String BLANKS = " \t\r\n";

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @throws IOException if it is not JSON, or nested too deep
   */
  static @Nullable Object read(String text) throws IOException {
    Json json = new Json(text);
    Object value = json.value();
    if (json.peek() != -1) {
      throw json.wrong("something after the value");
    }
    return value;
  }

  private @Nullable Object value() throws IOException {
    int next = peek();
    return switch (next) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private interface Part {
    Object read() throws IOException;
  }

  private Object nested(Part part) throws IOException {
    if (++depth > DEEPEST) {
      throw wrong("nested too deep");
    }
    at++;
    Object value = part.read();
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> object() throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (took('}')) {
      return members;
    }
    do {
      if (peek() != '"') {
        throw wrong("no name");
      }
      String name = string();
      expect(':');
      members.put(name, value());
    } while (took(','));
    expect('}');
    return members;
  }

  private List<@Nullable Object> array() throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    if (took(']')) {
      return elements;
    }
    do {
      elements.add(value());
    } while (took(','));
    expect(']');
    return elements;
  }

  private String string() throws IOException {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      value.append(c == '\\' ? escaped() : c);
    }
    if (at >= text.length()) {
      throw wrong("a string without an end");
    }
    at++;
    return value.toString();
  }

  private char escaped() throws IOException {
    at++;
    int c = at < text.length() ? text.charAt(at) : -1;
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\', '/' -> (char) c;
      case 'u' -> unit();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unit() throws IOException {
    int end = Math.min(at + 5, text.length());
    String digits = text.substring(at + 1, end);
    if (!digits.matches("[0-9A-Fa-f]{4}")) {
      throw wrong("an unknown escape");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private @Nullable Object word(String word, @Nullable Object value) throws IOException {
    if (!text.startsWith(word, at)) {
      throw wrong("no value");
    }
    at += word.length();
    return value;
  }

  private Double number() throws IOException {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw wrong("no value");
    }
  }

  private boolean took(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) throws IOException {
    if (!took(c)) {
      throw wrong("no '" + c + "'");
    }
  }

  /** The next character that is no blank; -1 at the end. */
  private int peek() {
    while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : -1;
  }

  private IOException wrong(String what) {
    return new IOException("not JSON: " + what + " at character " + at);
  }
}
