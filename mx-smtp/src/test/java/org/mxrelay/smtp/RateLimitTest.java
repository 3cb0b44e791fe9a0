package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private static final Rate RATE = Rate.perSecond(10);

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, true",
    "Example.ORG, example.org, true",
    "example.org, mail.example.org, false",
    "example.org, anexample.org, false",
    "*.example.org, mail.example.org, true",
    "*.example.org, a.mail.example.org, true",
    "*.example.org, example.org, false",
    "*.example.org, anexample.org, false",
    "*.example.org, .example.org, false",
    "*, example.org, true",
    "*, [192.0.2.1], true",
    "[192.0.2.1], [192.0.2.1], true",
  })
  void pattern_matches(String pattern, String name, boolean matches) {
    assertEquals(matches, RateLimit.messages(pattern, RATE).matches(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*.", "*.*.org", "mail*.example.org", "a b", "**"})
  void otherPattern_isRefused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> RateLimit.messages(pattern, RATE));
  }

  @ParameterizedTest
  @CsvSource({
    "1/s, 1000000000",
    "10/s, 100000000",
    "3/s, 333333334",
    "600/m, 100000000",
    "1/h, 3600000000000"
  })
  void rate_isReadAndSpread(String text, long nanos) {
    assertEquals(nanos, Rate.parse(text).interval().toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0/s", "-1/s", "1.5/s", "10/d", "10 /s", "9999999999/s"})
  void otherRate_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
  }

  @Test
  void rate_hasItsBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Rate(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new Rate(1, Duration.ofDays(2)));
    assertTrue(
        RateLimit.messages("*", RATE).andConnections(Rate.perSecond(1)).connections().isPresent());
  }
}
