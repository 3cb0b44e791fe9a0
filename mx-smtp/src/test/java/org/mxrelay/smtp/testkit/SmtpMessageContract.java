package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.Transport;

/** What becomes of a message's bytes on the wire (RFC 5321, 2.3.8 and 4.5.2). */
public interface SmtpMessageContract extends TransportFixture {

  @Test
  default void lineEnds_leaveAsCrlf() throws Exception {
    assertEquals("a\r\nb\r\n\r\nc\r\nd\r\n", received("a\nb\r\rc\r\nd"));
  }

  @Test
  default void dots_areStuffedAndArriveAsTheyWere() throws Exception {
    String text = ".\r\n..\r\n.a\r\nb.\r\n\r\n.\r\n";
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      assertEquals(text, sent(server, text));
      String wire = server.sessions().get(0).receivedText();
      assertEquals(1, count(wire, "\r\n\\.\r\n"), wire);
    }
  }

  @Test
  default void emptyMessage_isAMessage() throws Exception {
    assertEquals("", received(""));
  }

  @Test
  default void messageOfMegabytes_arrivesWhole() throws Exception {
    String text = "Line of text\r\n.dot\r\n".repeat(100_000);
    assertEquals(text, received(text));
  }

  @Test
  default void longLine_isNotBroken() throws Exception {
    String text = "x".repeat(100_000) + "\r\n";
    assertEquals(text, received(text));
  }

  /** What lenient servers have taken for the end of a message leaves as one message (V1). */
  @Test
  default void smuggledEnds_leaveAsOneMessage() throws Exception {
    List<String> ends =
        List.of(
            "\n.\n",
            "\r.\r",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r\n",
            "\r\n.\r",
            "\r\n.\r\n",
            "\n.\r",
            "\r.\n",
            "\r\n\r.\r\n",
            "\r\r\n.\r\r\n");
    for (String end : ends) {
      String smuggled =
          "MAIL FROM:<evil@x.example>\r\nRCPT TO:<c@y.example>\r\nDATA\r\nhi\r\n.\r\n";
      try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
        sent(server, "Subject: a\r\n\r\nb" + end + smuggled);
        String wire = server.sessions().get(0).receivedText();
        String name = end.replace("\r", "\\r").replace("\n", "\\n");
        assertEquals(1, server.messages().size(), name);
        assertEquals(1, count(wire, "\r\n\\.\r\n"), name);
        assertFalse(Pattern.compile("\r(?!\n)|(?<!\r)\n").matcher(wire).find(), name);
      }
    }
  }

  private String received(String text) throws InterruptedException {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      return sent(server, text);
    }
  }

  private String sent(ScriptedSmtpServer server, String text) throws InterruptedException {
    try (Transport transport = open()) {
      TransportContract.results(
              transport.attempt(
                  Transactions.to(server.route(), "ann@y.example").message(text).plain()))
          .forEach((r, one) -> assertInstanceOf(Answered.class, one, r));
      return server.messages().get(0).text();
    }
  }

  private static long count(String in, String expression) {
    return Pattern.compile(expression).matcher(in).results().count();
  }
}
