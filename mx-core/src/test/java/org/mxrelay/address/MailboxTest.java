package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

  private static final Pattern ROW = Pattern.compile("(.*?)\\s*=([>!])\\s*(.*?)\\s*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private static final String LOCAL_64 = "l".repeat(64);
  private static final String LABEL_63 = "d".repeat(63);

  static Stream<Arguments> good() throws IOException {
    return rows(">").map(r -> Arguments.of(r.get(0), r.get(1).isEmpty() ? r.get(0) : r.get(1)));
  }

  static Stream<Arguments> bad() throws IOException {
    return rows("!").map(r -> Arguments.of(r.get(0), r.get(1)));
  }

  @ParameterizedTest
  @MethodSource("good")
  void goodAddress_isTakenInItsCanonicalForm(String input, String canonical) {
    Mailbox mailbox = Mailbox.parse(input);
    assertEquals(canonical, mailbox.toString());
    assertEquals(mailbox, Mailbox.parse(canonical), "the canonical form is a fixed point");
    assertEquals(mailbox, new Mailbox(mailbox.localPart(), mailbox.destination()));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badAddress_isRefusedForTheReason(String input, String reason) {
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> Mailbox.parse(input));
    assertTrue(e.why().contains(reason), e.getMessage());
    assertTrue(e.getMessage().startsWith("invalid address '"), e.getMessage());
    assertTrue(e.getMessage().endsWith(e.why()), e.getMessage());
    assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
  }

  @Test
  void quotedAt_doesNotSplit() {
    Mailbox mailbox = Mailbox.parse("\"a@gmail.example x\"@internal.example");
    assertEquals(Domain.of("internal.example"), mailbox.destination());
    assertEquals("\"a@gmail.example x\"", mailbox.localPart());
  }

  @Test
  void needlessQuotes_makeNoOtherMailbox() {
    assertEquals(Mailbox.parse("ann@x.example"), Mailbox.parse("\"\\ann\"@X.example"));
    assertEquals(
        Mailbox.parse("ann@x.example").hashCode(), Mailbox.parse("\"ann\"@x.example").hashCode());
  }

  @Test
  void caseOfTheLocalPart_isTheDestinationsToInterpret() {
    assertNotEquals(Mailbox.parse("ann@x.example"), Mailbox.parse("Ann@x.example"));
  }

  @Test
  void unicodeForms_areNotAltered() {
    assertEquals("u\u0308", Mailbox.parse("u\u0308@x.example").localPart());
    assertNotEquals(Mailbox.parse("u\u0308@x.example"), Mailbox.parse("\u00fc@x.example"));
  }

  @Test
  void utf8LocalPart_isInternationalized() {
    assertTrue(Mailbox.parse("\u010dapek@x.example").isInternationalized());
    assertTrue(Mailbox.parse("\"\u010d apek\"@x.example").isInternationalized());
    assertFalse(Mailbox.parse("capek@b\u00fccher.example").isInternationalized());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u010d", "\u010a", "\u560d", "\u760a", "\u0100", "\u013e"})
  void lowByteOfASpecial_survivesAsUtf8(String letter) {
    byte[] wire = Mailbox.parse(letter + "@x.example").toString().getBytes(StandardCharsets.UTF_8);
    assertEquals(letter + "@x.example", new String(wire, StandardCharsets.UTF_8));
    for (byte octet : wire) {
      assertTrue(octet != '\r' && octet != '\n' && octet != 0 && octet != '>');
    }
  }

  @Test
  void localPartOf64Octets_isTaken() {
    assertEquals(LOCAL_64, Mailbox.parse(LOCAL_64 + "@x.example").localPart());
    assertEquals(LOCAL_64, Mailbox.parse("\"" + LOCAL_64 + "\"@x.example").localPart());
    assertEquals(64, Mailbox.parse("\"" + "l ".repeat(31) + "\"@x.example").localPart().length());
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100, 70_000})
  void longerLocalPart_isRefused(int octets) {
    assertWhy("1 to 64 octets", "l".repeat(octets) + "@x.example");
    assertWhy("1 to 64 octets", "\"l " + "l".repeat(octets - 4) + "\"@x.example");
  }

  @Test
  void octetsNotCharacters_areCounted() {
    assertEquals(32, Mailbox.parse("\u00fc".repeat(32) + "@x.example").localPart().length());
    assertWhy("1 to 64 octets", "\u00fc".repeat(33) + "@x.example");
    assertWhy("1 to 64 octets", "\ud83d\ude00".repeat(16) + "l@x.example");
  }

  @Test
  void wholeOf254Octets_isTakenAndNotOneMore() {
    String domain = String.join(".", LABEL_63, LABEL_63, "d".repeat(59), "d");
    assertEquals(254, Mailbox.parse(LOCAL_64 + "@" + domain).toString().length());
    assertWhy("more than 254 octets: 255", LOCAL_64 + "@" + domain + "d");
    assertWhy("more than 254 octets: 255", "\u00fc".repeat(32) + "@" + domain + "d");
  }

  @Test
  void constructor_isNoWayAround() {
    Destination there = Domain.of("x.example");
    assertEquals("ann", new Mailbox("\"ann\"", there).localPart());
    for (String local : List.of("", "a b", "a@b", "a\r\nb", "a>b", "\"a", "a\"", "\u0000", "<>")) {
      assertThrows(InvalidAddressException.class, () -> new Mailbox(local, there), local);
    }
  }

  private static void assertWhy(String reason, String input) {
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> Mailbox.parse(input));
    assertTrue(e.why().contains(reason), e.getMessage());
    assertTrue(e.getMessage().length() < 500, "the message is cut");
  }

  private static Stream<List<String>> rows(String kind) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                MailboxTest.class.getResourceAsStream("mailboxes.txt"), StandardCharsets.UTF_8))) {
      return in
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(MailboxTest::row)
          .filter(m -> m.group(2).equals(kind))
          .map(m -> List.of(unescaped(m.group(1)), unescaped(m.group(3))))
          .toList()
          .stream();
    }
  }

  private static Matcher row(String line) {
    Matcher m = ROW.matcher(line);
    assertTrue(m.matches(), line);
    return m;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }
}
