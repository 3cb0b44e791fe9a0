package org.mxrelay.retry;

import java.time.Duration;
import java.util.Optional;
import org.mxrelay.reply.Category;

/**
 * Retry policies to start from. Each may be refined by the {@code with} methods of {@link
 * StandardRetryPolicy}.
 *
 * <p>All but {@link #POSTFIX} come back soon after greylisting, and later after a rate limit. What
 * greylists usually asks for five minutes at least, so that its curve is spread upwards only: a
 * retry a little too early would cost a whole further delay.
 *
 * <p>Immutable constants.
 */
public final class RetryPresets {

  /**
   * 5 minutes doubling to 4 hours, for 5 days; a notice after 4 hours. About a dozen attempts on
   * the first day and six on each later one: soon enough for a restart, patient enough for a long
   * weekend.
   */
  public static final StandardRetryPolicy STANDARD =
      shaped(RetrySchedule.exponential(minutes(5), hours(4)), Duration.ofDays(5))
          .withDelayNotice(hours(4));

  /**
   * As Postfix does by default: delays from 300 to 4,000 s ({@code minimal_backoff_time}, {@code
   * maximal_backoff_time}) for 5 days ({@code maximal_queue_lifetime}), no notice ({@code
   * delay_warning_time} is 0). Postfix takes the message's age for the next delay, which doubles
   * it, and knows no jitter; its queue scan every 300 s spreads the attempts a little.
   */
  public static final StandardRetryPolicy POSTFIX =
      new StandardRetryPolicy(
          RetrySchedule.exponential(minutes(5), Duration.ofSeconds(4_000)),
          Duration.ofDays(5),
          Optional.empty());

  /**
   * As RFC 5321, 4.5.4.1 recommends: at least 30 minutes between attempts, two of them in the first
   * hour, then one every two or three hours, for 5 days; a notice after 4 hours.
   */
  public static final StandardRetryPolicy RFC_5321 =
      new StandardRetryPolicy(
          RetrySchedule.list(minutes(30), hours(2)).withJitter(new Jitter(1, 1.5)),
          Duration.ofDays(5),
          Optional.of(hours(4)));

  /**
   * 5 minutes doubling to 1 hour, for 24 hours; a notice after 2 hours. For mail that is worth
   * nothing the day after. Shorter than RFC 5321, 4.5.4.1 asks for: outages of a day do happen.
   */
  public static final StandardRetryPolicy HOURS_24 =
      shaped(RetrySchedule.exponential(minutes(5), hours(1)), hours(24)).withDelayNotice(hours(2));

  /**
   * 5 minutes doubling to 2 hours, for 48 hours; a notice after 4 hours. Shorter than RFC 5321,
   * 4.5.4.1 asks for; a host that is down from Friday evening to Monday is not waited for.
   */
  public static final StandardRetryPolicy HOURS_48 =
      shaped(RetrySchedule.exponential(minutes(5), hours(2)), hours(48)).withDelayNotice(hours(4));

  /**
   * 5 minutes doubling to 3 hours, for 72 hours; a notice after 4 hours. Shorter than RFC 5321,
   * 4.5.4.1 asks for, but a weekend is waited out.
   */
  public static final StandardRetryPolicy HOURS_72 =
      shaped(RetrySchedule.exponential(minutes(5), hours(3)), hours(72)).withDelayNotice(hours(4));

  private RetryPresets() {}

  private static StandardRetryPolicy shaped(ExponentialSchedule schedule, Duration expiry) {
    return new StandardRetryPolicy(schedule, expiry, Optional.empty())
        .withCurve(
            Category.GREYLISTED,
            RetrySchedule.exponential(minutes(5), hours(1)).withJitter(new Jitter(1, 1.4)))
        .withCurve(Category.RATE_LIMITED, RetrySchedule.exponential(minutes(15), schedule.max()));
  }

  private static Duration minutes(long number) {
    return Duration.ofMinutes(number);
  }

  private static Duration hours(long number) {
    return Duration.ofHours(number);
  }
}
