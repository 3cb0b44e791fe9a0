package org.mxrelay.smtp.queue.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts in one text: separated by tabs, with every character that could end a line escaped, so that
 * a person can still read the column.
 */
final class Fields {

  private Fields() {}

  static String join(List<String> fields) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.append('\t');
      }
      escape(fields.get(i), out);
    }
    return out.toString();
  }

  private static void escape(String field, StringBuilder out) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\0' -> out.append("\\0");
        default -> out.append(c);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the text was not made by {@link #join}, or of another
   *     number of fields
   */
  static List<String> split(String text, int count) {
    List<String> fields = new ArrayList<>(count);
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\') {
        field.append(unescape(text, ++i));
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (fields.size() != count) {
      throw new IllegalArgumentException(fields.size() + " fields instead of " + count);
    }
    return fields;
  }

  private static char unescape(String text, int at) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case '\\' -> '\\';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '0' -> '\0';
      default -> throw new IllegalArgumentException("unknown escape at " + at + ": " + c);
    };
  }

  /** At most that many characters, without half a surrogate pair at the end. */
  static String bounded(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
