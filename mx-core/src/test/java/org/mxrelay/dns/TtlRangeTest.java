package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtlRangeTest {

  private final TtlRange range = new TtlRange(Duration.ofSeconds(5), Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    "0, 5, 5",
    "4, 5, 5",
    "5, 5, 5",
    "300, 300, 300",
    "900, 900, 900",
    "901, 901, 900",
    "604800, 86400, 900",
    "2147483647, 86400, 900",
    "2147483648, 5, 5",
    "4294967295, 5, 5",
    "9223372036854775807, 5, 5"
  })
  void timesToLive_areHeldWithinTheLimits(long seconds, long positive, long negative) {
    assertEquals(Duration.ofSeconds(positive), range.positive(seconds));
    assertEquals(Duration.ofSeconds(negative), range.negative(seconds));
  }

  @Test
  void narrowRange_holdsNegativeAnswersToo() {
    TtlRange narrow = new TtlRange(Duration.ZERO, Duration.ofSeconds(30));
    assertEquals(Duration.ofSeconds(30), narrow.negative(600));
    assertEquals(Duration.ZERO, narrow.positive(0));
  }

  @Test
  void longLeast_isNotUndercutByTheNegativeLimit() {
    TtlRange slow = new TtlRange(Duration.ofHours(1), Duration.ofDays(1));
    assertEquals(Duration.ofMinutes(15), slow.negative(1));
  }

  @Test
  void limitsInTheWrongOrder_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TtlRange(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TtlRange(Duration.ofSeconds(-1), Duration.ofSeconds(1)));
  }
}
