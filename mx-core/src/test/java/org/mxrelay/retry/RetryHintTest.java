package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.checks.Property;

class RetryHintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4.7.1 Greylisted, try again in 300 seconds | 5m",
        "Please wait 5 minutes                      | 5m",
        "please try again after 1 hour.             | 1h",
        "Please retry in 90s                        | 90s",
        "Greylisting in action, please come back in 00:05:00 | 5m",
        "4.2.0 GREYLISTED FOR 600 SEC               | 10m",
        "mail deferred for at least 3 mins          | 3m",
        "too many connections; try again in 24 hours| 4h",
        "Bitte in 5 Minuten erneut versuchen        | 5m",
        "Bitte warten Sie 10 Minuten                | 10m",
        "Veuillez r\u00e9essayer dans 15 minutes        | 15m",
        "Veuillez patienter 90 secondes             | 90s",
        "Intente de nuevo en 2 horas                | 2h",
        "Tente novamente em 30 minutos              | 30m",
        "Riprovare tra 1 ora                        | 1h",
        "try again in 999999 seconds                | 4h",
      })
  void replyThatAsksForTime_isUnderstood(String text, String asked) {
    assertEquals(Optional.of(Durations.parse(asked)), RetryHint.in(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "try again later",
        "in 5 Minuten wurden 100 Nachrichten gesendet",
        "attendu 300 secondes depuis",
        "4.7.0 more than 100 messages in 60 seconds",
        "Try again later. 300 seconds have passed",
        "try again in 0 seconds",
        "try again in 5 days",
        "try again in 99999999999 seconds",
        "450 4.2.1 mailbox busy",
        "country 5 minutes",
        "try again in -5 minutes from now on",
      })
  void otherReply_asksForNothing(String text) {
    assertEquals(Optional.empty(), RetryHint.in(text));
  }

  @ParameterizedTest
  @CsvSource({
    "try again in 5 minutes, 4m, 5m",
    "try again in 5 minutes, 1s, 4s",
    "try again in 5 minutes, 10m, 5m",
    "try again in 10 hours, 30m, 2h",
    "try again in 10 hours, 1d, 4h",
    "try again later, 5m, 0s",
  })
  void patience_isBoundedByTheDelay(String text, String delay, String patience) {
    assertEquals(Durations.parse(patience), RetryHint.patience(text, Durations.parse(delay)));
  }

  @Test
  @Tag("property")
  void anyText_takesNoTimeAndStaysInBounds() {
    String[] words = {"try again ", "in ", "wait ", "9", "00:", "5 ", "minutes", "h", ".", "\n"};
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            Property.holds(
                1_000,
                random -> {
                  StringBuilder text = new StringBuilder();
                  for (int n = random.nextInt(400); n > 0; n--) {
                    text.append(words[random.nextInt(words.length)]);
                  }
                  Duration hint = RetryHint.in(text.toString()).orElse(RetryHint.LONGEST);
                  assertTrue(hint.compareTo(Duration.ZERO) > 0);
                  assertTrue(hint.compareTo(RetryHint.LONGEST) <= 0);
                }));
  }
}
