package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowDownTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void eachReplyThatItIsTooFast_doublesTheIntervalUpToAMinute() {
    SlowDown slow = SlowDown.NONE;
    long now = Long.MAX_VALUE - SECOND;
    long[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
    for (long expected : seconds) {
      slow = slow.told(now);
      assertEquals(expected * SECOND, slow.interval());
      now += slow.interval();
    }
  }

  @Test
  void repliesThatComeTogether_countOnce() {
    SlowDown slow = SlowDown.NONE.told(0).told(10).told(SECOND - 1);
    assertEquals(SECOND, slow.interval());
    assertEquals(2 * SECOND, slow.told(SECOND).interval());
  }

  @Test
  void answers_takeItAwayBitByBit() {
    SlowDown slow = SlowDown.NONE.told(0);
    long now = SECOND;
    assertEquals(SECOND * 7 / 8, slow.answered(now).interval());
    int answers = 0;
    while (!slow.isNone()) {
      slow = slow.answered(now);
      now += slow.interval();
      answers++;
    }
    assertEquals(23, answers);
    assertTrue(slow.answered(now).isNone());
  }

  @Test
  void answerJustBefore_doesNotKeepAReplyFromCounting() {
    SlowDown slow = SlowDown.NONE.told(0).answered(SECOND).told(SECOND + 1);
    assertEquals(2 * SECOND * 7 / 8, slow.interval());
  }

  @Test
  void answersOfThoseThatWereUnderWay_doNotCount() {
    SlowDown slow = SlowDown.NONE.told(0);
    assertEquals(SECOND, slow.answered(1).answered(SECOND - 1).interval());
    assertEquals(SECOND * 7 / 8, slow.answered(SECOND).answered(SECOND + 1).interval());
  }
}
