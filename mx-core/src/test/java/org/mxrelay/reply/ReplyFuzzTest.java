package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whatever a server sends, what comes of it is a reply within bounds or none. */
class ReplyFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void anyBytes(byte[] stream) throws MalformedReplyException {
    ReplyLines lines = new ReplyLines();
    int from = 0;
    for (int to = 0; to < stream.length; to++) {
      if (stream[to] != '\n') {
        continue;
      }
      try {
        Optional<Reply> reply = lines.add(stream, from, to);
        assertEquals(reply.isEmpty(), lines.isWithinReply());
        if (reply.isPresent()) {
          requireSound(reply.get());
        }
      } catch (MalformedReplyException refused) {
        requireVisible(refused.getMessage());
        byte[] ok = "250 ok".getBytes(StandardCharsets.US_ASCII);
        assertThrows(MalformedReplyException.class, () -> lines.add(ok, 0, ok.length));
        return;
      }
      from = to + 1;
    }
  }

  private static void requireSound(Reply reply) throws MalformedReplyException {
    assertTrue(reply.lines().size() <= ReplyLines.MAX_LINES);
    int octets = reply.lines().stream().mapToInt(String::length).sum();
    assertTrue(octets <= ReplyLines.MAX_OCTETS);
    for (String line : reply.lines()) {
      assertTrue(line.length() <= ReplyLines.MAX_LINE);
      assertTrue(line.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0), line);
    }
    assertEquals(reply, readAgain(reply), "canonical form");
    requirePrintable(reply);
    requirePrintable(Reply.of(reply.code(), reply.text()));
    requirePrintable(Reply.of(reply.code(), String.join("\r\n", reply.lines())));
  }

  private static void requirePrintable(Reply reply) {
    String shown = reply.printable();
    requireVisible(shown);
    assertTrue(shown.length() <= 1_000);
    assertTrue(shown.startsWith(Integer.toString(reply.code())), shown);
    assertEquals(shown, Printable.of(shown), "printable already");
  }

  private static void requireVisible(String text) {
    assertTrue(
        text.codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR),
        text);
  }

  /** The reply as its lines stand on the wire, read once more. */
  private static Reply readAgain(Reply reply) throws MalformedReplyException {
    ReplyLines again = new ReplyLines();
    int last = reply.lines().size() - 1;
    for (int i = 0; i < last; i++) {
      assertTrue(again.add(reply.code() + "-" + reply.lines().get(i)).isEmpty());
    }
    String end = reply.lines().get(last);
    return again.add(end.isEmpty() ? "" + reply.code() : reply.code() + " " + end).orElseThrow();
  }
}
