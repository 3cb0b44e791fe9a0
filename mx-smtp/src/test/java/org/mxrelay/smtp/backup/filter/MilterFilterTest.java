package org.mxrelay.smtp.backup.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.message.Envelope;

class MilterFilterTest {

  private static final String MAIL = "From: a@x.test\nSubject: two\n lines\n\nHello\n.dot\n";

  @Test
  void wholeConversation_isPlayedInOrder() throws Exception {
    InboundMessage message =
        Messages.of(Envelope.from("").to("ann@example.org", "ben@example.org"), MAIL);
    assertEquals(
        List.of(
            "DCj|mx2.example.org|{daemon_name}|mxrelay|",
            "Cout.sender.example|4||192.0.2.7|",
            "Hhelo.sender.example|",
            "DM{mail_addr}||",
            "M<>|",
            "DR{rcpt_addr}|ann@example.org|",
            "R<ann@example.org>|",
            "DR{rcpt_addr}|ben@example.org|",
            "R<ben@example.org>|",
            "T",
            "LFrom|a@x.test|",
            "LSubject|two\n lines|",
            "N",
            "BHello\r\n.dot\r\n",
            "E",
            "Q"),
        heard(new FakeMilter(), message).stream()
            .skip(1)
            .map(h -> h.startsWith("C") ? h.replaceFirst("4\\|\\|\\|?", "4||") : h)
            .collect(Collectors.toList()));
  }

  @Test
  void stepsThatItDoesNotWant_areLeftOut() throws Exception {
    List<String> heard = heard(new FakeMilter().protocol(0x27f), Messages.of(MAIL));
    assertEquals(List.of("D", "D", "D", "E", "Q"), letters(heard));
  }

  @Test
  void stepsThatItDoesNotAnswer_areNotWaitedFor() throws Exception {
    FakeMilter milter = new FakeMilter().protocol(0xff080);
    "CHMRTLNB".chars().forEach(c -> milter.answers((char) c));
    List<String> heard = heard(milter, Messages.of(MAIL));
    assertEquals(
        List.of("D", "C", "H", "D", "M", "D", "R", "T", "L", "L", "N", "B", "E", "Q"),
        letters(heard));
  }

  @ParameterizedTest
  @ValueSource(chars = {'C', 'H', 'M', 'R', 'T', 'L', 'N', 'B', 'E'})
  void refusalAtAnyStep_endsTheConversation(char step) throws Exception {
    FakeMilter milter =
        new FakeMilter().answers(step, MilterPacket.of(MilterPacket.REPLY_CODE, "554 5.7.1 no"));
    List<String> letters = letters(heard(milter, Messages.of(MAIL), "554 5.7.1 no"));
    assertEquals(
        List.of(String.valueOf(step), "Q"), letters.subList(letters.size() - 2, letters.size()));
  }

  @Test
  void acceptedEarly_isNotShownTheRest() throws Exception {
    FakeMilter milter = new FakeMilter().answers('M', MilterPacket.of(MilterPacket.ACCEPT));
    assertFalse(letters(heard(milter, Messages.of(MAIL), "accept")).contains("R"));
  }

  @Test
  void recipientRefused_refusesTheMessage() throws Exception {
    FakeMilter milter = new FakeMilter().answers('R', MilterPacket.of(MilterPacket.REJECT));
    heard(milter, Messages.of(MAIL), "550 5.7.1 Refused by a filter");
  }

  @Test
  void fieldsToAdd_areAddedAndOtherChangesAreNot() throws Exception {
    FakeMilter milter =
        new FakeMilter()
            .answers(
                'E',
                MilterPacket.of(MilterPacket.PROGRESS),
                MilterPacket.of(MilterPacket.ADD_HEADER, "X-A", "one\n\ttwo"),
                new MilterPacket(
                    MilterPacket.INSERT_HEADER,
                    "\0\0\0\1X-B\0three\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                MilterPacket.of(MilterPacket.ADD_HEADER, "X-C", "evil\nX-D: injected"),
                MilterPacket.of(MilterPacket.ADD_HEADER, "X-E"),
                MilterPacket.of('b', "another body"),
                MilterPacket.of('+', "<eve@example.org>"),
                MilterPacket.of(MilterPacket.CONTINUE));
    heard(milter, Messages.of(MAIL), "accept X-A: one\r\n\ttwo X-B: three X-E:");
  }

  @Test
  void largeBody_goesInChunksUntilItHasSeenEnough() throws Exception {
    String large = "Subject: x\n\n" + ("y".repeat(99) + "\n").repeat(5_000);
    assertEquals(
        8,
        letters(heard(new FakeMilter(), Messages.of(large))).stream().filter("B"::equals).count());
    FakeMilter content =
        new FakeMilter().protocol(0x400).answers('B', MilterPacket.of(MilterPacket.SKIP));
    assertEquals(
        1, letters(heard(content, Messages.of(large))).stream().filter("B"::equals).count());
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "0", "-1"})
  void otherVersions_noVerdict(int version) throws Exception {
    try (OneShot<List<String>> server = OneShot.start(new FakeMilter().version(version)::serve);
        MilterFilter filter = filter(server)) {
      assertThrows(MilterException.class, () -> filter.filter(Messages.of(MAIL)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE, 200_000})
  void absurdLength_isNotBelieved(int length) throws Exception {
    try (OneShot<String> server = OneShot.start(s -> sends(s, length));
        MilterFilter filter = filter(server)) {
      assertThrows(MilterException.class, () -> filter.filter(Messages.of(MAIL)));
    }
  }

  @Test
  void endlessProgress_isCutOff() throws Exception {
    try (OneShot<String> server = OneShot.start(MilterFilterTest::progress);
        MilterFilter filter =
            MilterFilter.builder(server.address()).timeout(Duration.ofMillis(200)).build()) {
      IOException e = assertThrows(IOException.class, () -> filter.filter(Messages.of(MAIL)));
      assertTrue(e instanceof SocketTimeoutException || e instanceof MilterException, e::toString);
    }
  }

  private static List<String> heard(FakeMilter milter, InboundMessage message) throws Exception {
    return heard(milter, message, "accept");
  }

  private static List<String> heard(FakeMilter milter, InboundMessage message, String expected)
      throws Exception {
    try (OneShot<List<String>> server = OneShot.start(milter::serve);
        MilterFilter filter = filter(server)) {
      FilterVerdict verdict = filter.filter(message);
      assertEquals(expected, MilterVerdictTest.shown(verdict));
      return server.found();
    }
  }

  private static MilterFilter filter(OneShot<?> server) {
    return MilterFilter.builder(server.address()).name("mx2.example.org").build();
  }

  /** Without the negotiation. */
  private static List<String> letters(List<String> heard) {
    return heard.stream().skip(1).map(h -> h.substring(0, 1)).toList();
  }

  private static String sends(Socket connection, int length) throws IOException {
    connection.getInputStream().readNBytes(17);
    new java.io.DataOutputStream(connection.getOutputStream()).writeInt(length);
    connection.getInputStream().read();
    return "";
  }

  private static String progress(Socket connection) throws IOException {
    try {
      while (true) {
        connection.getOutputStream().write(new byte[] {0, 0, 0, 1, 'p'});
      }
    } catch (IOException closed) {
      return "";
    }
  }
}
