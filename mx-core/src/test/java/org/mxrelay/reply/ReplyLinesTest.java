package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.MalformedReplyException.Fault;

class ReplyLinesTest {

  private static final long SEED = 20_261_123L;

  private final ReplyLines lines = new ReplyLines();

  @Test
  void oneLine_isAReply() throws Exception {
    Reply reply = lines.add("250 2.0.0 taken\r").orElseThrow();
    assertEquals(250, reply.code());
    assertEquals(Optional.of(EnhancedStatusCode.of("2.0.0")), reply.status());
    assertEquals(List.of("2.0.0 taken"), reply.lines());
    assertFalse(lines.isWithinReply());
  }

  @Test
  void severalLines_makeOneReply() throws Exception {
    assertEquals(Optional.empty(), lines.add("550-5.7.1 we looked"));
    assertTrue(lines.isWithinReply());
    assertEquals(Optional.empty(), lines.add("550-5.7.1 at it twice"));
    Reply reply = lines.add("550 5.7.1 and say no").orElseThrow();
    assertEquals("5.7.1 we looked at it twice and say no", reply.text());
    assertEquals(3, reply.lines().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"421", "421 ", "421\r"})
  void bareCode_isAReply(String line) throws Exception {
    Reply reply = lines.add(line).orElseThrow();
    assertEquals(421, reply.code());
    assertEquals("421", reply.printable());
  }

  @Test
  void replyAfterReply_startsAnew() throws Exception {
    lines.add("250-one");
    lines.add("250 two");
    assertEquals(554, lines.add("554 three").orElseThrow().code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|CODE",
        "25|CODE",
        "-250 x|CODE",
        " 250 x|CODE",
        "+250 x|CODE",
        "abc def|CODE",
        "199 x|CODE",
        "600 x|CODE",
        "050 x|CODE",
        "２５０ x|CODE",
        "2500 x|SEPARATOR",
        "250\tx|SEPARATOR",
        "250_x|SEPARATOR",
        "250: x|SEPARATOR",
      })
  void garbage_isRefused(String line, Fault fault) {
    assertFault(fault, line);
  }

  @Test
  void nulOrLineFeedInside_isRefused() {
    assertFault(Fault.FORBIDDEN_CHARACTER, "250 a\0b");
    assertEquals(
        Fault.FORBIDDEN_CHARACTER,
        assertThrows(MalformedReplyException.class, () -> new ReplyLines().add("250 ok\n250 ok"))
            .fault());
  }

  @Test
  void carriageReturnInside_isASpace() throws Exception {
    assertEquals("a b", lines.add("250 a\rb\r\r").orElseThrow().text());
  }

  @Test
  void anotherCodeWithinAReply_isRefused() throws Exception {
    lines.add("250-first");
    assertFault(Fault.CODE_CHANGED, "550 second");
  }

  @Test
  void onceRefused_everythingIsRefused() {
    assertFault(Fault.CODE, "hello");
    assertFault(Fault.CODE, "250 ok");
  }

  @Test
  void longLine_isRefused() throws Exception {
    String fits = "250 " + "x".repeat(ReplyLines.MAX_LINE - 4);
    assertTrue(lines.add(fits + "\r").isPresent());
    assertFault(Fault.LINE_TOO_LONG, fits + "x");
  }

  @Test
  void longLineOfBytes_isRefusedBeforeItIsDecoded() {
    byte[] bytes = new byte[1 << 20];
    MalformedReplyException e =
        assertThrows(MalformedReplyException.class, () -> lines.add(bytes, 0, bytes.length));
    assertEquals(Fault.LINE_TOO_LONG, e.fault());
  }

  @Test
  void tooManyLines_areRefused() throws Exception {
    for (int i = 0; i < ReplyLines.MAX_LINES; i++) {
      lines.add("250-x");
    }
    assertFault(Fault.TOO_MANY_LINES, "250 x");
  }

  @Test
  void tooMuchInAll_isRefused() throws Exception {
    String line = "250-" + "x".repeat(1_020);
    for (int i = 0; i < 64; i++) {
      lines.add(line);
    }
    assertFault(Fault.TOO_LARGE, "250 x");
  }

  @Test
  void bytes_areUtf8OrElseLatin1() throws Exception {
    byte[] utf8 = "xx550 Postfach überfüllt".getBytes(StandardCharsets.UTF_8);
    byte[] latin = "550 Postfach überfüllt".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("Postfach überfüllt", lines.add(utf8, 2, utf8.length).orElseThrow().text());
    assertEquals("Postfach überfüllt", lines.add(latin, 0, latin.length).orElseThrow().text());
  }

  @Test
  void message_quotesNothingOfTheServer() {
    MalformedReplyException e =
        assertThrows(MalformedReplyException.class, () -> lines.add("evil\u001b[31m"));
    assertFalse(e.getMessage().contains("evil"), e.getMessage());
  }

  @Test
  void randomBytes_areRepliesOrRefused() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] line = new byte[random.nextInt(40)];
      random.nextBytes(line);
      byte[] start = {"2345".getBytes(StandardCharsets.US_ASCII)[random.nextInt(4)], '5', '0', '-'};
      System.arraycopy(start, 0, line, 0, Math.min(line.length, random.nextInt(5)));
      ReplyLines reader = new ReplyLines();
      try {
        reader.add(line, 0, line.length).ifPresent(ReplyLinesTest::assertHarmless);
      } catch (MalformedReplyException expected) {
        assertFalse(reader.isWithinReply());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round, e);
      }
    }
  }

  private static void assertHarmless(Reply reply) {
    String shown = reply.printable();
    assertTrue(shown.length() <= 1_000);
    assertTrue(shown.chars().noneMatch(Character::isISOControl), shown);
    ReplyClassifier.standard().classify(reply, ReplyContext.unknown());
  }

  private void assertFault(Fault fault, String line) {
    MalformedReplyException e = assertThrows(MalformedReplyException.class, () -> lines.add(line));
    assertEquals(fault, e.fault());
    assertFalse(lines.isWithinReply());
  }
}
