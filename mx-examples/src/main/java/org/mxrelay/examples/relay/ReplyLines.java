package org.mxrelay.examples.relay;

import java.util.List;
import org.mxrelay.reply.Reply;

/** A reply as it goes to a client (RFC 5321, 4.2.1). */
final class ReplyLines {

  /** RFC 5321, 4.5.3.1.5: 512 octets, the code and the line end included. */
  private static final int LONGEST = 512 - "250-\r\n".length();

  private static final int MOST_LINES = 50;

  private ReplyLines() {}

  /** All lines, without the last line end. */
  static String text(Reply reply) {
    List<String> lines = reply.lines();
    int count = Math.min(lines.size(), MOST_LINES);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(reply.code())
          .append(i == count - 1 ? ' ' : '-')
          .append(printable(lines.get(i)))
          .append(i == count - 1 ? "" : "\r\n");
    }
    return text.toString();
  }

  /** The words may be a stranger's: the primary's, a filter's. */
  private static String printable(String line) {
    StringBuilder text = new StringBuilder();
    line.chars().limit(LONGEST).forEach(c -> text.append(c >= ' ' && c < 127 ? (char) c : '?'));
    return text.toString();
  }
}
