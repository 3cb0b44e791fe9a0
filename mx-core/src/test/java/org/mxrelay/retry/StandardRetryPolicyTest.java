package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.checks.Property;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Verdict;

class StandardRetryPolicyTest {

  private static final Instant QUEUED = Instant.parse("2026-03-01T12:00:00Z");
  private static final StandardRetryPolicy PLAIN =
      new StandardRetryPolicy(
          RetrySchedule.parse("5m"), Duration.ofHours(10), Optional.of(Duration.ofHours(4)));

  /** Ages at the decision, delay, patience, and the age at which the next attempt is due. */
  @ParameterizedTest
  @CsvSource({
    "0s, 5m, 0s, 5m",
    "1h, 5m, 0s, 65m",
    "1h, 5m, 15m, 75m",
    "1h, 20m, 15m, 80m",
    "9h, 4h, 0s, 10h",
    "9h, 59m, 0s, 599m",
    "9h, 1h, 0s, 10h",
    "599m, 5m, 15m, 10h",
    "35999999ms, 5m, 0s, 10h",
    "0s, 36500d, 0s, 10h",
    "0s, 0s, 0s, 1ms",
    "10h, 5m, 0s, expire",
    "11h, 5m, 0s, expire",
    "36500d, 5m, 15m, expire",
  })
  void transientRefusal_isRetriedUntilExpiry(
      String age, String delay, String patience, String due) {
    Instant now = QUEUED.plus(Durations.parse(age));
    RetryCase of =
        new RetryCase(
            Judgement.temporary(Category.OTHER, "test"),
            3,
            QUEUED,
            now,
            Durations.parse(delay),
            Durations.parse(patience));
    Decision expected =
        due.equals("expire")
            ? new Decision.Expire()
            : new Decision.Reschedule(QUEUED.plus(Durations.parse(due)));
    assertEquals(expected, PLAIN.decide(of));
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void verdict_decidesWhateverTheCategoryAndTheAge(Category category) {
    EnhancedStatusCode done = new EnhancedStatusCode(2, 0, 0);
    for (StandardRetryPolicy policy : new StandardRetryPolicy[] {PLAIN, RetryPresets.STANDARD}) {
      for (Duration age : new Duration[] {Duration.ZERO, Duration.ofDays(99)}) {
        Judgement relayed = new Judgement(Verdict.RELAYED, category, done, "test");
        assertEquals(new Decision.Complete(), policy.decide(at(relayed, age)));
        Judgement refused = Judgement.permanent(category, "test");
        assertEquals(new Decision.Bounce(), policy.decide(at(refused, age)));
        Decision last = policy.decide(at(Judgement.temporary(category, "test"), age));
        assertEquals(age.isZero(), last instanceof Decision.Reschedule);
        assertEquals(!age.isZero(), last instanceof Decision.Expire);
      }
    }
  }

  @Test
  void clockThatWentBack_neitherExpiresNorStorms() {
    Judgement refused = Judgement.temporary(Category.OTHER, "test");
    Decision decision = PLAIN.decide(at(refused, Duration.ofDays(-400)));
    Instant now = QUEUED.minus(Duration.ofDays(400));
    assertEquals(new Decision.Reschedule(now.plus(Duration.ofMinutes(5))), decision);
  }

  @Test
  void clockAtTheEndsOfTime_doesNotOverflow() {
    Judgement refused = Judgement.temporary(Category.GREYLISTED, "test");
    Instant[] times = {Instant.MIN, Instant.MIN.plusNanos(1), QUEUED, Instant.MAX.minusNanos(1)};
    for (Instant queued : times) {
      for (Instant now : times) {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        for (Duration delay : new Duration[] {Duration.ofMinutes(5), endless}) {
          RetryCase of =
              new RetryCase(refused, Integer.MAX_VALUE, queued, now, delay, Duration.ZERO);
          for (RetryPolicy policy : new RetryPolicy[] {PLAIN, RetryPresets.STANDARD}) {
            if (policy.decide(of) instanceof Decision.Reschedule later) {
              assertTrue(later.due().isAfter(now), of + " " + later);
            }
          }
        }
      }
    }
    RetryCase atTheEnd =
        new RetryCase(refused, 1, QUEUED, Instant.MAX, Duration.ofMinutes(5), Duration.ZERO);
    assertEquals(new Decision.Expire(), PLAIN.decide(atTheEnd));
  }

  @Test
  @Tag("property")
  void anyCase_isDueAfterNowAndNotPastExpiry() {
    Property.holds(
        5_000,
        random -> {
          StandardRetryPolicy policy = anyPolicy(random);
          RetryCase of = anyCase(policy, random);
          Instant end = QUEUED.plus(policy.expiry());
          Decision decision = policy.decide(of);
          assertEquals(decision, policy.decide(of), "pure");
          if (of.now().isBefore(end)) {
            Instant due = assertInstanceOf(Decision.Reschedule.class, decision).due();
            assertTrue(due.isAfter(of.now()), of + " " + decision);
            assertTrue(!due.isAfter(end), of + " " + decision);
            boolean patient = !due.isBefore(of.now().plus(of.patience()));
            assertTrue(patient || due.equals(end), of + " " + decision);
          } else {
            assertInstanceOf(Decision.Expire.class, decision);
          }
        });
  }

  @Test
  @Tag("property")
  void greylisting_isFollowedSoonButNotTooSoon() {
    StandardRetryPolicy patient = RetryPresets.STANDARD.withExpiry(Duration.ofDays(4));
    Judgement greylisted = Judgement.temporary(Category.GREYLISTED, "test");
    Property.holds(
        2_000,
        random -> {
          Duration delay = Duration.ofMinutes(30).plusMillis(random.nextInt(1_000_000));
          Duration due =
              due(patient, new RetryCase(greylisted, 1, QUEUED, QUEUED, delay, delay(0)));
          assertTrue(due.toMinutes() >= 5 && due.toMinutes() < 8, "due after " + due);
        });
  }

  @Test
  void rateLimit_isGivenMoreTime() {
    Judgement limited = Judgement.temporary(Category.RATE_LIMITED, "test");
    RetryCase of = new RetryCase(limited, 1, QUEUED, QUEUED, delay(5), delay(0));
    Duration due = due(RetryPresets.STANDARD, of);
    assertTrue(due.toMinutes() >= 12 && due.toMinutes() <= 18, "due after " + due);
  }

  @Test
  void curveOfACategory_isSpreadThoughTheDecisionIsPure() {
    Judgement greylisted = Judgement.temporary(Category.GREYLISTED, "test");
    RandomGenerator random = Property.random();
    double sum = 0;
    int times = 20_000;
    for (int i = 0; i < times; i++) {
      Duration drawn = RetryPresets.STANDARD.schedule().after(1, random);
      RetryCase of = new RetryCase(greylisted, 1, QUEUED, QUEUED, drawn, delay(0));
      sum += due(RetryPresets.STANDARD, of).toMillis();
    }
    assertEquals(360_000, sum / times, 3_600, "uniform from 5 to 7 minutes");
  }

  @Test
  void withMethods_changeOneThing() {
    RetrySchedule other = RetrySchedule.parse("1s,2s*3,1m");
    StandardRetryPolicy standard = RetryPresets.STANDARD;
    assertEquals(other, standard.withSchedule(other).schedule());
    assertTrue(standard.withSchedule(other).curves().isEmpty(), "made for the old schedule");
    assertEquals(standard.expiry(), standard.withSchedule(other).expiry());
    assertEquals(delay(7), standard.withExpiry(delay(7)).expiry());
    assertEquals(standard.curves(), standard.withExpiry(delay(7)).curves());
    assertEquals(Optional.of(delay(7)), standard.withDelayNotice(delay(7)).delayNotice());
    assertEquals(Optional.empty(), standard.withoutDelayNotice().delayNotice());
    StandardRetryPolicy curved = standard.withCurve(Category.VIRUS, other);
    assertEquals(other, curved.curves().get(Category.VIRUS));
    assertEquals(standard.curves().size() + 1, curved.curves().size(), "the others stay");
    assertEquals(RetryPresets.STANDARD, RetryPolicy.standard());
  }

  @Test
  void optionOutOfRange_isRefusedByName() {
    assertWhy("expiry: PT0S", () -> PLAIN.withExpiry(Duration.ZERO));
    assertWhy("expiry: PT-1S", () -> PLAIN.withExpiry(Duration.ofSeconds(-1)));
    assertWhy("expiry: PT876024H", () -> PLAIN.withExpiry(Duration.ofDays(36_501)));
    assertWhy("delay notice: PT0S", () -> PLAIN.withDelayNotice(Duration.ZERO));
  }

  private static void assertWhy(String start, Runnable wrong) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::run);
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
  }

  private static Duration due(RetryPolicy policy, RetryCase of) {
    Decision.Reschedule later = assertInstanceOf(Decision.Reschedule.class, policy.decide(of));
    return Duration.between(of.now(), later.due());
  }

  private static Duration delay(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static RetryCase at(Judgement judgement, Duration age) {
    return new RetryCase(judgement, 2, QUEUED, QUEUED.plus(age), delay(5), Duration.ZERO);
  }

  private static StandardRetryPolicy anyPolicy(RandomGenerator random) {
    Duration expiry = Duration.ofMillis(1 + random.nextLong(500_000_000));
    return random.nextBoolean()
        ? PLAIN.withExpiry(expiry)
        : RetryPresets.STANDARD.withExpiry(expiry);
  }

  private static RetryCase anyCase(StandardRetryPolicy policy, RandomGenerator random) {
    Category category = Category.values()[random.nextInt(Category.values().length)];
    long span = policy.expiry().toNanos();
    return new RetryCase(
        Judgement.temporary(category, "test"),
        1 + random.nextInt(200),
        QUEUED,
        QUEUED.plusNanos(random.nextLong(-span / 10, span + span / 10)),
        Duration.ofMillis(random.nextLong(30_000_000)),
        Duration.ofMillis(random.nextBoolean() ? 0 : random.nextLong(2_000_000)));
  }
}
