package org.mxrelay.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in the lines of a reply: the codes that recur in them, and the words. */
final class ReplyText {

  /** Not a part of a longer row of numbers, such as an address or a version. */
  private static final Pattern ANYWHERE =
      Pattern.compile("(?<![\\d.\\w])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\w|\\.\\d)");

  private ReplyText() {}

  /** A reply whose status is read from its lines. */
  static Reply reply(int code, List<String> lines) {
    return new Reply(code, statusOf(code, lines.get(0)), lines);
  }

  /** The lines of a text that may hold line ends and, behind them, reply codes again. */
  static List<String> split(int code, List<String> texts) {
    List<String> lines = new ArrayList<>();
    for (String text : texts) {
      text.lines().forEach(lines::add);
    }
    lines.replaceAll(line -> withoutCode(code, line));
    return lines.isEmpty() ? List.of("") : lines;
  }

  /** All lines in one, each without the reply code or the status that the first one gave. */
  static String joined(Reply reply) {
    StringBuilder out = new StringBuilder(reply.lines().get(0).strip());
    String status = startOf(reply.lines().get(0));
    for (String line : reply.lines().subList(1, reply.lines().size())) {
      String rest = withoutCode(reply.code(), line.strip());
      rest = status.isEmpty() || !startOf(rest).equals(status) ? rest : after(rest, status);
      out.append(out.length() > 0 && !rest.isEmpty() ? " " : "").append(rest);
    }
    return out.toString();
  }

  /**
   * The status in its place, else the first elsewhere in the text ({@code (#5.1.1)}, {@code
   * '5.7.1}): of the code's own class if there is one, else of whatever class.
   */
  static Optional<EnhancedStatusCode> status(Reply reply) {
    if (reply.status().isPresent()) {
      return reply.status();
    }
    String text = reply.text();
    Matcher found = ANYWHERE.matcher(text.substring(0, Math.min(text.length(), 4_096)));
    Optional<EnhancedStatusCode> other = Optional.empty();
    while (found.find()) {
      Optional<EnhancedStatusCode> status = EnhancedStatusCode.find(found.group());
      if (status.map(s -> s.severity() == reply.code() / 100).orElse(false)) {
        return status;
      }
      other = other.or(() -> status);
    }
    return other;
  }

  private static Optional<EnhancedStatusCode> statusOf(int code, String line) {
    return EnhancedStatusCode.find(startOf(line)).filter(s -> s.severity() == code / 100);
  }

  /** The enhanced status code at the very start, or an empty text. */
  private static String startOf(String line) {
    String text = line.stripLeading();
    int end = 0;
    while (end < text.length() && end < 10 && isCodeCharacter(text.charAt(end))) {
      end++;
    }
    boolean alone = end == text.length() || Character.isWhitespace(text.charAt(end));
    String start = text.substring(0, end);
    return alone && EnhancedStatusCode.find(start).isPresent() ? start : "";
  }

  private static boolean isCodeCharacter(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static String withoutCode(int code, String line) {
    String prefix = Integer.toString(code);
    boolean repeated =
        line.startsWith(prefix)
            && line.length() > 3
            && (line.charAt(3) == '-' || line.charAt(3) == ' ');
    return repeated ? line.substring(4) : line;
  }

  private static String after(String line, String prefix) {
    return line.stripLeading().substring(prefix.length()).strip();
  }
}
