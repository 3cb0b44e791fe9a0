package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/** V7, V9 and V27: text of strangers in what is sent, and in what is shown. */
class InjectionTest {

  private static final String ANN = "ann@y.example";

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\0", "\u0085", "\u2028", "\r\nRCPT TO:<eve@e>\r\n"})
  void v7_lineEndInAnyArgument_isRefusedWhenItIsGiven(String evil) {
    String text = "a" + evil + "b";
    Mailbox ann = Mailbox.parse(ANN);
    Stream<Executable> ways =
        Stream.of(
            () -> Envelope.from(text + "@x.example"),
            () -> Envelope.from("a@" + text + ".example"),
            () -> Envelope.from("\"" + text + "\"@x.example"),
            () -> Envelope.from("a@x.example").to(text + "@y.example"),
            () -> Envelope.from("a@x.example").to("\"" + text + "\"@y.example"),
            () -> EnvelopeOptions.NONE.withEnvid(text),
            () -> new Recipient(ann, Set.of(), Optional.of("rfc822;" + text)),
            () -> SmtpTransport.builder().helo(text + ".example"));
    ways.forEach(way -> assertThrows(IllegalArgumentException.class, way));
  }

  /** Letters whose code points end in the octet of CR, LF or NUL: CVE-2025-7962. */
  static Stream<String> lettersThatEndInALineEnd() {
    return Stream.of(
        "\u010d", "\u010a", "\u0100", "\u560a", "\u560d", "\u760a", "\u760d", "\u4e0d");
  }

  @ParameterizedTest
  @MethodSource("lettersThatEndInALineEnd")
  void v7_letterThatEndsInALineEnd_goesOutAsUtf8(String letter) throws Exception {
    String from = "from" + letter + "x@x.example";
    String to = "to" + letter + "x@y.example";
    Recipient recipient = new Recipient(Mailbox.parse(to), Set.of(), Optional.of("utf-8;" + to));
    AttemptResult result = attempt(Envelope.from(from).to(List.of(recipient)));
    assertInstanceOf(Answered.class, only(result));
    List<String> commands = server.sessions().get(0).commands();
    assertTrue(commands.get(1).startsWith("MAIL FROM:<" + from + "> "), commands::toString);
    assertTrue(commands.get(2).startsWith("RCPT TO:<" + to + "> ORCPT="), commands::toString);
    assertEquals(List.of("DATA"), commands.subList(3, commands.size()));
    assertOnlyLinesOf(commands);
  }

  @ParameterizedTest
  @MethodSource("lettersThatEndInALineEnd")
  void v7_letterThatEndsInALineEnd_staysHereWithoutSmtpUtf8(String letter) throws Exception {
    server.withdraw("SMTPUTF8");
    AttemptResult result = attempt(Envelope.from("a@x.example").to("to" + letter + "x@y.example"));
    assertInstanceOf(Lacking.class, only(result));
    assertFalse(server.sessions().get(0).receivedText().contains("RCPT"));
  }

  @ParameterizedTest
  @MethodSource("lettersThatEndInALineEnd")
  void v7_letterThatEndsInALineEnd_isNoEnvidAndNoPlainHelo(String letter) throws Exception {
    assertThrows(
        IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withEnvid("a" + letter));
    try (SmtpTransport own = SmtpTransport.builder().helo("a" + letter + "x.example").build()) {
      own.attempt(Transactions.to(server.route(), ANN).plain());
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertTrue(server.messages().get(0).helo().startsWith("xn--"), server.messages().get(0).helo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a@gmail.example x\"@y.example",
        "\"a\\\" b@evil.example\"@y.example",
        "a%evil.example@y.example",
        "evil.example!a@y.example"
      })
  void v9_addressInsideAnAddress_isOnePathToItsOwnDomain(String address) throws Exception {
    assertEquals("y.example", Mailbox.parse(address).destination().toString());
    assertInstanceOf(Answered.class, only(attempt(Envelope.from("a@x.example").to(address))));
    assertEquals(List.of(address), server.messages().get(0).addresses());
  }

  @Test
  void v27_hostileReply_isShownAsOnePrintableLine() throws Exception {
    String hostile =
        "\u001b[2J\u001b]0;pwned\u0007 \u202egnp.exe \u200b <script>x</script> \u0000".strip();
    server.on(
        Step.RCPT,
        turn ->
            turn.reply(
                "550-5.1.1 no" + hostile.replace("\0", ""),
                "550-5.1.1 a\rINFO forged line",
                "550 5.1.1 \u00e9\u2028end"));
    Refused refused = assertInstanceOf(Refused.class, only(attempt(toAnn())));
    assertPrintable(refused.reply().printable());
  }

  @Test
  void v27_hostileGarbage_isNotQuoted() throws Exception {
    server.on(Step.RCPT, Behaviour.raw("\u001b[2J\u202e INFO forged\r\n"));
    assertPrintable(assertInstanceOf(Broken.class, only(attempt(toAnn()))).cause());
  }

  private static void assertPrintable(String shown) {
    assertTrue(
        shown.codePoints().allMatch(c -> c == ' ' || Character.isLetterOrDigit(c) || isMark(c)),
        shown);
    assertEquals(1, shown.lines().count(), shown);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  /** What went over the wire up to the message is those lines and nothing else. */
  private void assertOnlyLinesOf(List<String> commands) {
    String expected = String.join("\r\n", commands) + "\r\n";
    String wire = new String(server.sessions().get(0).received(), StandardCharsets.UTF_8);
    assertEquals(expected, wire.substring(0, expected.length()));
  }

  private static Envelope toAnn() {
    return Envelope.from("a@x.example").to(ANN);
  }

  private AttemptResult attempt(Envelope envelope) throws InterruptedException {
    return transport.attempt(Transactions.to(server.route(), ANN).envelope(envelope).plain());
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
