package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.checks.Property;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S, 250ms",
    "90s, PT1M30S, 90s",
    "5m, PT5M, 5m",
    "4h, PT4H, 4h",
    "5d, PT120H, 5d",
    "0s, PT0S, 0s",
    "0d, PT0S, 0s",
    "60s, PT1M, 1m",
    "1000ms, PT1S, 1s",
    "4000s, PT1H6M40S, 4000s",
    "36500d, PT876000H, 36500d",
    "007m, PT7M, 7m",
  })
  void duration_isReadAndWritten(String text, Duration duration, String shortest) {
    assertEquals(duration, Durations.parse(text));
    assertEquals(shortest, Durations.format(duration));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "m",
        "-5m",
        "+5m",
        "5 m",
        " 5m",
        "5m ",
        "1.5h",
        "5M",
        "5min",
        "1h30m",
        "5w",
        "5\u0661m",
        "\u0665m",
        "PT5M",
        "none",
        "1e3s",
        "99999999999999999999s"
      })
  void otherText_isRefusedByName(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"36501d", "999999999999999999d", "999999999999999999ms"})
  void durationBeyondAllSense_isRefusedByName(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertEquals("a duration of more than 36500d: '" + text + "'", e.getMessage());
  }

  @Test
  @Tag("property")
  void anyDurationInMilliseconds_isReadBack() {
    Property.holds(
        2_000,
        random -> {
          long unit = new long[] {1, 1_000, 60_000, 3_600_000, 86_400_000}[random.nextInt(5)];
          Duration duration = Duration.ofMillis(unit * random.nextInt(30_000));
          assertEquals(duration, Durations.parse(Durations.format(duration)));
        });
  }

  @Test
  void whatIsLessThanAMillisecond_isLeftOut() {
    assertEquals("1ms", Durations.format(Duration.ofNanos(1_999_999)));
    assertEquals("1s", Durations.format(Duration.ofSeconds(1, 999)));
    assertThrows(IllegalArgumentException.class, () -> Durations.format(Duration.ofMillis(-1)));
  }
}
