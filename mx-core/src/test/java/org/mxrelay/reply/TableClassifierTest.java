package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableClassifierTest {

  private static final long SEED = 7_301L;
  private static final ReplyClassifier STANDARD = ReplyClassifier.standard();

  @ParameterizedTest
  @EnumSource(Stage.class)
  void beforeMail_nothingIsPermanent(Stage stage) {
    Judgement judged =
        STANDARD.classify(Reply.of(554, "5.7.1 go away for good"), ReplyContext.at(stage));
    assertEquals(!stage.isBeforeMail(), judged.isPermanent());
    assertEquals(stage.isBeforeMail() ? 4 : 5, judged.status().severity());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 421, 432, 450, 451, 452, 454, 455, 471, 499})
  void fourHundred_isAlwaysTransient(int code) {
    for (String text : List.of("", "5.1.1 user unknown", "permanently rejected", "4.7.1 spam")) {
      assertTrue(STANDARD.classify(Reply.of(code, text), ReplyContext.unknown()).isTransient());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, corp",
    "mx.corp.example, corp",
    "notcorp.example, other",
    "corp.example.org, other",
    "mx.second.example, corp",
    "'', other"
  })
  void rowForAnExchange_holdsForItAndWhatIsBelow(String exchange, String expected)
      throws Exception {
    String row = "row corp\nis policy\nexchange CORP.example second.example\nwhy x\n";
    ReplyClassifier mine = ReplyClassifier.reading(new StringReader(row));
    ReplyContext at = new ReplyContext(Stage.RCPT, exchange);
    String rule = mine.classify(Reply.of(550, "5.1.1 user unknown"), at).rule();
    assertEquals(expected.equals("corp"), rule.equals("corp"), rule);
  }

  @Test
  void noReplyAtAll_isTransient() {
    for (Stage stage : Stage.values()) {
      Judgement judged = Judgement.unanswered(stage);
      boolean tls = stage == Stage.STARTTLS || stage == Stage.TLS;
      assertTrue(judged.isTransient());
      assertEquals(tls ? Category.AUTH_OR_TLS : Category.NETWORK, judged.category());
    }
    assertFalse(Judgement.permanent(Category.OTHER, "x").isTransient());
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, 4.4.1",
    "GREETING, 4.4.2",
    "STARTTLS, 4.7.4",
    "TLS, 4.7.5",
    "END_OF_DATA, 4.4.2"
  })
  void noReplyAtAll_hasTheStatusOfItsStage(Stage stage, String status) {
    assertEquals(status, Judgement.unanswered(stage).status().toString());
  }

  @Test
  void threeHundredAsALastWord_isTransient() {
    Judgement judged = STANDARD.classify(Reply.of(354, "go on"), ReplyContext.at(Stage.RCPT));
    assertEquals(Category.PROTOCOL_ERROR, judged.category());
    assertTrue(judged.isTransient());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "550 5.1.1 user unknown                    | 5.1.1  | unknown-user",
        "550 user unknown                          | 5.1.1  | unknown-user",
        "550 sorry, no mailbox of that name (#5.7.1) | 5.7.1 | unknown-user",
        "550 4.2.2 over quota                      | 5.2.2  | full",
        "550 5.7.1 rate limit exceeded             | 4.7.1  | rate-named",
        "550 rate limit exceeded                   | 4.4.5  | rate-named",
        "554 5.7.1 192.0.2.4 listed in dnsbl, try later | 4.7.1 | says-later/blocklist",
        "554 nope                                  | 5.0.0  | first-digit",
      })
  void statusAndRule_tellWhatDecided(String line, String status, String rule) {
    int code = Integer.parseInt(line.substring(0, 3));
    Judgement judged =
        STANDARD.classify(Reply.of(code, line.substring(4)), ReplyContext.at(Stage.END_OF_DATA));
    assertEquals(status + " " + rule, judged.status() + " " + judged.rule());
  }

  @Test
  void ownTable_goesBeforeTheStandardOne(@TempDir Path folder) throws Exception {
    Path table = folder.resolve("own.rules");
    Files.writeString(
        table,
        """
        # Ours.
        row corp-554
        is transient rate-limited
        code 554
        exchange corp.example
        why they said so on the phone
        """);
    ReplyClassifier own = ReplyClassifier.reading(table);
    Reply reply = Reply.of(554, "no");
    Judgement there = own.classify(reply, new ReplyContext(Stage.RCPT, "mx1.corp.example"));
    assertEquals("corp-554", there.rule());
    assertTrue(there.isTransient());
    assertTrue(own.classify(reply, ReplyContext.at(Stage.RCPT)).isPermanent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row a~is transient | lacks",
        "is transient~why x | a row begins with 'row'",
        "row a~is sometimes~why x | no such judgement: 'sometimes'",
        "row a~is transient~code 9xx~why x | code: '9xx'",
        "row a~is transient~status 5.7~why x | status: '5.7'",
        "row a~is transient~text (a~why x | phrase",
        "row a~is transient~colour red~why x | unknown key 'colour'",
        "row a~is transient~stage NOON~why x | NOON",
        "row a~is transient~why x~~row a~is transient~why x | second row of the name a",
        "row a~is transient~why x~row b~is transient~why x | empty line is missing",
        "row a~is transient~why x~code | neither key nor value",
        "row A B~is transient~why x | name of a row",
        "row a~is transient~why x~like @RCPT | like: '@RCPT'",
        "row a~is transient~why x~like 5 | like: '5'",
        "row a~is transient~why x~like 999 no | like: '999 no'",
        "row a~is transient~why x~like @NOON 550 no | NOON",
      })
  void wrongTable_isRefusedWithItsLine(String table, String expected) {
    StringReader source = new StringReader(table.replace('~', '\n'));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ReplyClassifier.reading(source));
    assertTrue(e.getMessage().matches("(?s)rules:\\d+: .*"), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void ruleBefore_winsAndRuleAfter_fillsIn() {
    ReplyRule always = (reply, at) -> Optional.of(Judgement.temporary(Category.POLICY, "mine"));
    Reply plain = Reply.of(554, "hm");
    Reply known = Reply.of(550, "5.1.1 user unknown");
    ReplyContext at = ReplyContext.at(Stage.END_OF_DATA);
    assertEquals("mine", STANDARD.before(always).classify(known, at).rule());
    assertEquals("unknown-user", STANDARD.after(always).classify(known, at).rule());
    assertEquals("mine", STANDARD.after(always).classify(plain, at).rule());
  }

  @Test
  void hostileTexts_areJudgedInBoundedTime() {
    List<String> texts =
        List.of(
            "temporarily ".repeat(6_000),
            "too many connections from your host rate limit ".repeat(1_500),
            "(".repeat(65_000),
            "a".repeat(65_000),
            "5.7.1 ".repeat(11_000),
            "@".repeat(65_000),
            "http://".repeat(9_000),
            "容".repeat(60_000),
            "\u0301".repeat(60_000));
    for (String text : texts) {
      long start = System.nanoTime();
      STANDARD.classify(Reply.of(550, text), ReplyContext.unknown());
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < 1_000, millis + " ms for " + text.substring(0, 20));
    }
  }

  @Test
  void randomTexts_neverThrow() {
    Random random = new Random(SEED);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      for (int i = 0; i < length; i++) {
        text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
      }
      int code = 200 + random.nextInt(400);
      try {
        Judgement judged =
            STANDARD.classify(Reply.of(code, text.toString()), ReplyContext.unknown());
        assertFalse(code < 500 && judged.isPermanent());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + text, e);
      }
    }
  }
}
