package org.mxrelay.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Judgement;

/**
 * The attempts at a message that is refused each time until it expires: what a policy comes to.
 *
 * <p>Immutable.
 *
 * @param attempts in their order; the first at once, the last at expiry
 */
public record Timetable(List<Attempt> attempts) {

  /** More attempts than a timetable holds: no policy for mail comes near. */
  static final int MOST = 1_000_000;

  // Any instant far from both ends does: only the differences are kept.
  private static final Instant SUBMITTED = Instant.EPOCH;

  /**
   * An attempt.
   *
   * @param number from 1
   * @param after since the attempt before; zero for the first
   * @param at since the submission
   */
  public record Attempt(int number, Duration after, Duration at) {}

  public Timetable {
    attempts = List.copyOf(attempts);
  }

  /**
   * The attempts under a policy, each refused without a word and in no time.
   *
   * @param random draws the jitter
   * @throws IllegalArgumentException if there would be more than 1,000,000 attempts
   */
  public static Timetable of(RetryPolicy policy, RandomGenerator random) {
    return of(policy, Category.OTHER, random);
  }

  /**
   * The attempts under a policy, each refused with a reply of the category and in no time.
   *
   * @param random draws the jitter
   * @throws IllegalArgumentException if there would be more than 1,000,000 attempts
   */
  public static Timetable of(RetryPolicy policy, Category category, RandomGenerator random) {
    Judgement refused = Judgement.temporary(category, "timetable");
    List<Attempt> attempts = new ArrayList<>();
    Instant before = SUBMITTED;
    Instant now = SUBMITTED;
    for (int number = 1; number <= MOST; number++) {
      attempts.add(
          new Attempt(number, Duration.between(before, now), Duration.between(SUBMITTED, now)));
      Duration delay = policy.schedule().after(number, random);
      Decision next =
          policy.decide(new RetryCase(refused, number, SUBMITTED, now, delay, Duration.ZERO));
      if (!(next instanceof Decision.Reschedule later)) {
        return new Timetable(attempts);
      }
      before = now;
      now = later.due();
    }
    throw new IllegalArgumentException(
        "retry schedule '" + policy.schedule() + "' makes more than " + MOST + " attempts");
  }
}
