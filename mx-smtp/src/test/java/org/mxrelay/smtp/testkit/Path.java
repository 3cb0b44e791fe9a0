package org.mxrelay.smtp.testkit;

/** The path in a MAIL or RCPT command, and what stands behind it. */
final class Path {

  private Path() {}

  static String address(String command) {
    int open = command.indexOf('<');
    int close = end(command, open);
    return open < 0 || close < 0 ? "" : command.substring(open + 1, close);
  }

  static String parameters(String command) {
    int close = end(command, command.indexOf('<'));
    return close < 0 ? "" : command.substring(close + 1).strip();
  }

  /** Where the path ends: a bracket inside quotes does not end it. */
  private static int end(String command, int open) {
    boolean quoted = false;
    for (int i = Math.max(open, 0); i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return open < 0 ? -1 : i;
      }
    }
    return -1;
  }
}
