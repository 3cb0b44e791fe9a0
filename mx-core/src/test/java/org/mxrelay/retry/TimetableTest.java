package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.checks.Property;
import org.mxrelay.reply.Category;

class TimetableTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp:5m,4h,2,0 | 24h | 0s 5m 15m 35m 75m 155m 315m 555m 795m 1035m 1275m 1d",
        "1s,2s*3,1m    | 2m  | 0s 1s 3s 5s 7s 67s 2m",
        "1s            | 3s  | 0s 1s 2s 3s",
        "1h            | 1s  | 0s 1s",
      })
  void scheduleWithoutJitter_endsAtExpiry(String spec, String expiry, String expected) {
    assertEquals(expected, text(Timetable.of(policy(spec, expiry), Property.random())));
  }

  @Test
  @Tag("property")
  void anyPolicy_risesToItsExpiry() {
    List<StandardRetryPolicy> presets =
        List.of(
            RetryPresets.STANDARD,
            RetryPresets.POSTFIX,
            RetryPresets.RFC_5321,
            RetryPresets.HOURS_24,
            RetryPresets.HOURS_48,
            RetryPresets.HOURS_72);
    Property.holds(
        100,
        random -> {
          RetryPolicy policy = presets.get(random.nextInt(presets.size()));
          Category category = Category.values()[random.nextInt(Category.values().length)];
          List<Timetable.Attempt> attempts = Timetable.of(policy, category, random).attempts();
          assertEquals(new Timetable.Attempt(1, Duration.ZERO, Duration.ZERO), attempts.get(0));
          assertEquals(policy.expiry(), attempts.get(attempts.size() - 1).at());
          for (int i = 1; i < attempts.size(); i++) {
            assertEquals(i + 1, attempts.get(i).number());
            assertTrue(attempts.get(i).after().compareTo(Duration.ZERO) > 0);
            assertEquals(
                attempts.get(i).at(), attempts.get(i - 1).at().plus(attempts.get(i).after()));
          }
        });
  }

  @Test
  @Tag("property")
  void rfc5321_hasTwoAttemptsInTheFirstHourThenOneEveryTwoToThreeHours() {
    Property.holds(
        100,
        random -> {
          List<Timetable.Attempt> all = Timetable.of(RetryPresets.RFC_5321, random).attempts();
          List<Duration> gaps =
              all.stream().skip(1).limit(all.size() - 2L).map(Timetable.Attempt::after).toList();
          assertTrue(gaps.get(0).toMinutes() >= 30 && gaps.get(0).toMinutes() <= 45);
          for (Duration gap : gaps.subList(1, gaps.size())) {
            assertTrue(gap.toMinutes() >= 120 && gap.toMinutes() <= 180, gap.toString());
          }
        });
  }

  @Test
  void sameSeed_sameTimetable() {
    assertEquals(
        Timetable.of(RetryPolicy.standard(), new SplittableRandom(7)),
        Timetable.of(RetryPolicy.standard(), new SplittableRandom(7)));
  }

  @Test
  void givingUpEarly_endsAtItsAge() {
    GiveUpEarly policy =
        new GiveUpEarly(
            policy("1h", "10h"), Set.of(Category.MAILBOX_FULL), Duration.ofMinutes(150));
    assertEquals(
        "0s 1h 2h 150m", text(Timetable.of(policy, Category.MAILBOX_FULL, Property.random())));
    assertEquals(12 - 1, Timetable.of(policy, Property.random()).attempts().size());
    GiveUpEarly atOnce =
        new GiveUpEarly(policy("1h", "10h"), Set.of(Category.OTHER), Duration.ZERO);
    assertEquals("0s", text(Timetable.of(atOnce, Property.random())));
    assertEquals(atOnce.policy().expiry(), atOnce.expiry());
    assertEquals(atOnce.policy().schedule(), atOnce.schedule());
    assertEquals(Optional.empty(), atOnce.delayNotice());
    assertThrows(
        IllegalArgumentException.class,
        () -> new GiveUpEarly(policy("1h", "10h"), Set.of(), Duration.ofMillis(-1)));
    assertEquals(
        Optional.of(Duration.ofHours(4)),
        new GiveUpEarly(RetryPresets.STANDARD, Set.of(), Duration.ofDays(1)).delayNotice());
  }

  @Test
  void endlessTimetable_isRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Timetable.of(policy("1ms", "5d"), Property.random()));
    assertTrue(e.getMessage().contains("'1ms'"), e.getMessage());
  }

  private static StandardRetryPolicy policy(String spec, String expiry) {
    return new StandardRetryPolicy(
        RetrySchedule.parse(spec), Durations.parse(expiry), Optional.empty());
  }

  private static String text(Timetable timetable) {
    return timetable.attempts().stream()
        .map(attempt -> Durations.format(attempt.at()))
        .collect(Collectors.joining(" "));
  }
}
