package org.mxrelay.smtp.client;

import java.util.List;

/**
 * Renders the commands that carry text of others, and checks that text once more: whoever made it,
 * nothing leaves here that could end a path, a parameter or a line.
 */
final class CommandText {

  private CommandText() {}

  /**
   * @throws IllegalArgumentException if an argument has no place in a command
   */
  static String mail(String reversePath, List<String> parameters) {
    return "MAIL FROM:" + path(reversePath) + joined(parameters);
  }

  /**
   * @throws IllegalArgumentException if an argument has no place in a command
   */
  static String rcpt(String mailbox, List<String> parameters) {
    return "RCPT TO:" + path(mailbox) + joined(parameters);
  }

  private static String joined(List<String> parameters) {
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder all = new StringBuilder(80);
    parameters.forEach(p -> all.append(' ').append(parameter(p)));
    return all.toString();
  }

  // RFC 5321, 4.1.2: outside of a quoted string a path has neither spaces nor brackets.
  private static String path(String mailbox) {
    boolean quoted = false;
    for (int i = 0; i < mailbox.length(); i++) {
      char c = mailbox.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ' ' || c == '<' || c == '>')) {
        throw new IllegalArgumentException("character in a path: '" + c + "'");
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quoted string in a path that does not end");
    }
    return "<" + mailbox + ">";
  }

  private static String parameter(String text) {
    if (text.isEmpty() || text.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("parameter of a command: '" + text + "'");
    }
    return text;
  }
}
