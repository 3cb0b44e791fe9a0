package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;

class ReplyLinesTest {

  @Test
  void severalLines_haveHyphensButTheLast() {
    assertEquals(
        "550-5.7.1 one\r\n550-5.7.1 two\r\n550 three",
        ReplyLines.text(Reply.of(550, "5.7.1 one", "5.7.1 two", "three")));
  }

  @Test
  void strangeCharacters_doNotPass() {
    assertEquals("550 caf? ?[31m?", ReplyLines.text(Reply.of(550, "caf\u00e9 \u001b[31m\u0000")));
  }

  @Test
  void endlessWords_areCut() {
    String[] lines = new String[200];
    java.util.Arrays.fill(lines, "x".repeat(2_000));
    String text = ReplyLines.text(Reply.of(550, lines));
    assertEquals(50, text.lines().count());
    assertTrue(text.lines().allMatch(l -> l.length() <= 510), text);
    assertTrue(text.lines().skip(49).allMatch(l -> l.startsWith("550 ")), text);
  }
}
