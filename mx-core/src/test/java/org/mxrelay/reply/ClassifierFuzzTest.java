package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is answered, and whenever, it is judged within the laws and soon. */
class ClassifierFuzzTest {

  private static final ReplyClassifier STANDARD = ReplyClassifier.standard();

  private static final String[] EXCHANGES = {
    "", "gmail-smtp-in.l.google.com", "mx1.qq.com", "x.mail.protection.outlook.com", "[192.0.2.1]"
  };

  /** More than any reply takes by a thousand times, so that a busy machine makes no difference. */
  private static final long MOST_NANOS = 10_000_000_000L;

  /**
   * Three digits, a letter for the stage, one for the exchange, one for the length; then a text.
   */
  @FuzzTest(maxDuration = "2m")
  void anyReply(byte[] input) {
    if (input.length < 6) {
      return;
    }
    int number = (input[0] - '0') * 100 + (input[1] - '0') * 10 + input[2] - '0';
    int code = 200 + Math.floorMod(number - 200, 400);
    Stage stage = Stage.values()[Math.floorMod(input[3] - 'a', Stage.values().length)];
    String exchange = EXCHANGES[Math.floorMod(input[4] - 'a', EXCHANGES.length)];
    String text = new String(input, 6, input.length - 6, StandardCharsets.UTF_8);
    String all = text.repeat(1 + 15 * Math.floorMod(input[5] - 'a', 2));
    requireLawful(Reply.of(code, all), new ReplyContext(stage, exchange));
  }

  private static void requireLawful(Reply reply, ReplyContext at) {
    long before = System.nanoTime();
    Judgement judged = STANDARD.classify(reply, at);
    long nanos = System.nanoTime() - before;
    assertTrue(nanos < MOST_NANOS, nanos + " ns");
    assertEquals(judged, STANDARD.classify(reply, at), "pure");
    // G7: a 4yz is never a failure; what is said before MAIL fails nobody.
    Verdict softest = reply.isPositive() ? Verdict.RELAYED : Verdict.TRANSIENT;
    if (!reply.isPermanent() || at.stage().isBeforeMail()) {
      assertEquals(softest, judged.verdict());
    }
    assertEquals(reply.isPositive(), judged.verdict() == Verdict.RELAYED);
    int severity = judged.isPermanent() ? 5 : judged.isTransient() ? 4 : 2;
    assertEquals(severity, judged.status().severity());
    assertFalse(judged.rule().isEmpty());
    assertTrue(judged.rule().matches("[a-z0-9./-]+"), judged.rule());
  }
}
