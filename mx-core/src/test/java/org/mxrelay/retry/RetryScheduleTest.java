package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.checks.Property;

class RetryScheduleTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp:5m,4h,2,0       | 5m 10m 20m 40m 80m 160m 4h 4h 4h",
        "exp:1s,10s,3,0      | 1s 3s 9s 10s 10s",
        "exp:1s,8s,2,0       | 1s 2s 4s 8s 8s",
        "exp:100ms,1s,1.5,0  | 100ms 150ms 225ms 337ms 505ms 757ms 1s 1s",
        "exp:7s,7s,2,0       | 7s 7s 7s",
        "exp:7s,1d,1,0       | 7s 7s 7s",
        "exp:1ms,36500d,100,0| 1ms 100ms 10s 1000s 100000s 10000000s 1000000000s 36500d 36500d",
        "5m                  | 5m 5m 5m",
        "1m,5m*2,1h*3        | 1m 5m 5m 1h 1h 1h 1h 1h",
        "1s,2s*3,1m          | 1s 2s 2s 2s 1m 1m",
      })
  void spec_givesTheDelays(String spec, String expected) {
    RetrySchedule schedule = RetrySchedule.parse(spec);
    int count = expected.split(" ").length;
    String delays =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> Durations.format(schedule.after(n, new SplittableRandom(n))))
            .collect(Collectors.joining(" "));
    String normal =
        List.of(expected.split(" ")).stream()
            .map(text -> Durations.format(Durations.parse(text)))
            .collect(Collectors.joining(" "));
    assertEquals(normal, delays);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp:5m,4h           | exp:5m,4h,2,0.2",
        "exp:5m,4h,1.5       | exp:5m,4h,1.5,0.2",
        "exp:300s,240m,2,0.2 | exp:5m,4h,2,0.2",
        "exp:5m,4h,2,full    | exp:5m,4h,2,full",
        "exp:5m,4h,2,equal   | exp:5m,4h,2,equal",
        "exp:5m,4h,2,0.5..1  | exp:5m,4h,2,equal",
        "exp:5m,4h,2,0..1    | exp:5m,4h,2,full",
        "exp:5m,4h,2,1..1.4  | exp:5m,4h,2,1..1.4",
        "exp:5m,4h,2,0       | exp:5m,4h,2,0",
        "exp:5m,4h,2,1       | exp:5m,4h,2,1",
        "exp:5m,4h,2.50,0.10 | exp:5m,4h,2.5,0.1",
        "1m,5m*2,1h*3        | 1m,5m*2,1h*3",
        "1m,1m,60s           | 1m*3",
        "30m,2h~0.1          | 30m,2h~0.1",
        "30m,2h~full         | 30m,2h~full",
        "30m,2h~0            | 30m,2h",
      })
  void spec_isWrittenInItsShortestForm(String spec, String normal) {
    assertEquals(normal, RetrySchedule.parse(spec).toString());
    assertEquals(RetrySchedule.parse(spec), RetrySchedule.parse(normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"             | ''",
        "exp:             | exp:INITIAL,MAX",
        "exp:5m           | exp:INITIAL,MAX",
        "exp:5m,4h,2,0.2,1| exp:INITIAL,MAX",
        "exp:5x,4h        | '5x'",
        "exp:5m,4         | '4'",
        "exp:5m,4h,x      | factor 'x'",
        "exp:5m,4h,-2     | factor '-2'",
        "exp:5m,4h,0.5    | factor: 0.5",
        "exp:5m,4h,101    | factor: 101",
        "exp:5m,4h,NaN    | factor 'NaN'",
        "exp:5m,4h,2,1.1  | jitter of 1.1",
        "exp:5m,4h,2,some | jitter 'some'",
        "exp:5m,4h,2,2..1 | bounds of a jitter",
        "exp:5m,4h,2,1..99| bounds of a jitter",
        "exp:5m,4h,2,0..0 | bounds of a jitter",
        "exp:4h,5m        | less than initial delay",
        "exp:0s,5m        | initial delay",
        "exp: 5m,4h       | ' 5m'",
        "5m,              | ''",
        ",5m              | ''",
        "5m,,1h           | ''",
        "5m*0             | '5m*0'",
        "5m*              | '5m*'",
        "5m*2*3           | '5m*2*3'",
        "5m*x             | '5m*x'",
        "*3               | ''",
        "0s               | delay in a list",
        "5m*10001         | '5m*10001'",
        "5m*6000,1m*6000  | '1m*6000'",
        "5m*999999999     | '5m*999999999'",
        "5m~              | jitter ''",
        "lin:5m,4h        | 'lin:5m'",
      })
  void wrongSpec_isRefusedByName(String spec, String part) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> RetrySchedule.parse(spec));
    assertTrue(e.getMessage().startsWith("retry schedule '" + spec + "'"), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void longestList_isStillRead() {
    RetrySchedule longest = RetrySchedule.parse("5m*9999,1m");
    assertEquals(Duration.ofMinutes(5), longest.after(9_999, Property.random()));
    assertEquals(Duration.ofMinutes(1), longest.after(10_000, Property.random()));
  }

  @Test
  void listMadeInCode_isTheListThatIsWritten() {
    Duration one = Duration.ofMinutes(1);
    assertEquals(RetrySchedule.parse("1m,2m"), RetrySchedule.list(one, one.multipliedBy(2)));
    assertEquals(RetrySchedule.parse("1m~full"), RetrySchedule.list(one).withJitter(Jitter.FULL));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void attemptBeforeTheFirst_isRefused(int attempt) {
    for (String spec : List.of("exp:5m,4h", "5m,1h")) {
      RetrySchedule schedule = RetrySchedule.parse(spec);
      assertThrows(
          IllegalArgumentException.class, () -> schedule.after(attempt, Property.random()));
    }
  }

  @Test
  void lateAttempt_isAsQuickAsTheFirst() {
    RetrySchedule schedule = RetrySchedule.parse("exp:1s,4h,1.1,0");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 1_000; i++) {
            assertEquals(
                Duration.ofHours(4), schedule.after(Integer.MAX_VALUE - i, Property.random()));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "4, 40", "7, 240", "8, 240", "100, 240"})
  void jitter_keepsTheMeanOnTheCapToo(int attempt, long minutes) {
    RetrySchedule schedule = RetryPresets.STANDARD.schedule();
    double mean = MINUTE.toMillis() * (double) minutes;
    double[] drawn = millis(schedule, attempt, 50_000);
    assertEquals(mean, average(drawn), mean * 0.01);
    // Uniform from 0.8 to 1.2: a fifth of the draws lies in each fifth of the range.
    int[] fifths = new int[5];
    for (double millis : drawn) {
      int fifth = (int) ((millis / mean - 0.8) / 0.08);
      fifths[Math.min(4, fifth)]++;
    }
    for (int count : fifths) {
      assertEquals(10_000, count, 500);
    }
  }

  @ParameterizedTest
  @CsvSource({"full, 0, 1", "equal, 0.5, 1", "0.2, 0.8, 1.2", "1, 0, 2", "1..1.4, 1, 1.4"})
  void kindOfJitter_hasItsBoundsAndMean(String kind, double low, double high) {
    double[] drawn = millis(RetrySchedule.parse("1h~" + kind), 1, 50_000);
    double hour = 3_600_000;
    assertEquals((low + high) / 2 * hour, average(drawn), hour * 0.01);
    for (double millis : drawn) {
      assertTrue(millis >= Math.max(1, low * hour) && millis <= high * hour, kind + " " + millis);
    }
  }

  @Test
  @Tag("property")
  void sameSeed_sameDelays() {
    RetrySchedule schedule = RetrySchedule.parse("exp:5m,4h");
    Property.holds(
        1_000,
        random -> {
          long seed = random.nextLong();
          int attempt = 1 + random.nextInt(50);
          assertEquals(
              schedule.after(attempt, new SplittableRandom(seed)),
              schedule.after(attempt, new SplittableRandom(seed)));
        });
  }

  @Test
  @Tag("property")
  void anySchedule_isReadBackAndDelaysAtLeastAMillisecond() {
    Property.holds(
        2_000,
        random -> {
          RetrySchedule schedule = anySchedule(random);
          assertEquals(schedule, RetrySchedule.parse(schedule.toString()));
          Duration delay = schedule.after(1 + random.nextInt(100), random);
          assertTrue(delay.toMillis() >= 1, schedule + " " + delay);
        });
  }

  private static RetrySchedule anySchedule(RandomGenerator random) {
    Jitter jitter =
        switch (random.nextInt(4)) {
          case 0 -> Jitter.FULL;
          case 1 -> Jitter.EQUAL;
          case 2 -> new Jitter(random.nextInt(50) / 100.0, 0.5 + random.nextInt(200) / 100.0);
          default -> Jitter.proportional(random.nextInt(101) / 100.0);
        };
    Duration one = Duration.ofMillis(1 + random.nextInt(100_000));
    Duration two = Duration.ofSeconds(100 + random.nextInt(100_000));
    double factor = 1 + random.nextInt(400) / 100.0;
    return random.nextBoolean()
        ? RetrySchedule.exponential(one, two).withFactor(factor).withJitter(jitter)
        : RetrySchedule.list(one, two, two, one).withJitter(jitter);
  }

  private static double[] millis(RetrySchedule schedule, int attempt, int count) {
    RandomGenerator random = Property.random();
    return IntStream.range(0, count)
        .mapToDouble(i -> schedule.after(attempt, random).toMillis())
        .toArray();
  }

  private static double average(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }
}
