package org.mxrelay.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mxrelay.reply.Category;

/**
 * Retries transient refusals until expiry, and ends permanent ones at once.
 *
 * <p>The last attempt falls exactly at expiry, however long the delay drawn for it, so that no
 * message is given up unasked; when that attempt fails, the message expires at once.
 *
 * <p>Immutable.
 *
 * @param schedule the delays between attempts
 * @param expiry the age at which a message expires, 1 ms to 36,500 days (RFC 5321, 4.5.4.1: at
 *     least 4 to 5 days)
 * @param delayNotice the age at which the sender is told once
 * @param curves the delays after refusals of single categories, in place of the schedule's
 */
public record StandardRetryPolicy(
    RetrySchedule schedule,
    Duration expiry,
    Optional<Duration> delayNotice,
    Map<Category, RetrySchedule> curves)
    implements RetryPolicy {

  /**
   * @throws IllegalArgumentException if the expiry or the notice is out of its range, naming it and
   *     its value
   */
  public StandardRetryPolicy {
    Objects.requireNonNull(schedule, "schedule");
    Limits.requireDelay("expiry", expiry);
    delayNotice.ifPresent(age -> Limits.requireDelay("delay notice", age));
    curves = Map.copyOf(curves);
  }

  /** The same schedule for every category. */
  public StandardRetryPolicy(
      RetrySchedule schedule, Duration expiry, Optional<Duration> delayNotice) {
    this(schedule, expiry, delayNotice, Map.of());
  }

  /**
   * This policy with another schedule for every category: curves of single categories are dropped,
   * since they went with the schedule that is replaced.
   */
  public StandardRetryPolicy withSchedule(RetrySchedule other) {
    return new StandardRetryPolicy(other, expiry, delayNotice);
  }

  /** This policy with delays of its own for one category: soon for greylisting, for example. */
  public StandardRetryPolicy withCurve(Category category, RetrySchedule curve) {
    Map<Category, RetrySchedule> more = new EnumMap<>(Category.class);
    more.putAll(curves);
    more.put(category, curve);
    return new StandardRetryPolicy(schedule, expiry, delayNotice, more);
  }

  /**
   * This policy with another expiry.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public StandardRetryPolicy withExpiry(Duration age) {
    return new StandardRetryPolicy(schedule, age, delayNotice, curves);
  }

  /**
   * This policy with a notice to the sender at the age; at the expiry's or beyond, none is sent.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public StandardRetryPolicy withDelayNotice(Duration age) {
    return new StandardRetryPolicy(schedule, expiry, Optional.of(age), curves);
  }

  /** This policy without a notice to the sender. */
  public StandardRetryPolicy withoutDelayNotice() {
    return new StandardRetryPolicy(schedule, expiry, Optional.empty(), curves);
  }

  @Override
  public Decision decide(RetryCase of) {
    return switch (of.judgement().verdict()) {
      case RELAYED -> new Decision.Complete();
      case PERMANENT -> new Decision.Bounce();
      case TRANSIENT -> retryOrExpire(of);
    };
  }

  private Decision retryOrExpire(RetryCase of) {
    Instant end = Limits.plus(of.queuedAt(), expiry);
    if (!of.now().isBefore(end)) {
      return new Decision.Expire();
    }
    Duration delay = Limits.longer(Limits.longer(delay(of), of.patience()), Limits.INSTANTLY);
    return new Decision.Reschedule(Limits.earlier(Limits.plus(of.now(), delay), end));
  }

  private Duration delay(RetryCase of) {
    RetrySchedule curve = curves.get(of.judgement().category());
    return curve == null ? of.delay() : curve.after(of.attempt(), drawnAlready(of));
  }

  /**
   * The chance in a case is the delay that was drawn for it: it seeds the draw from the category's
   * curve, so that the decision stays pure and a backlog stays spread.
   */
  private static SplittableRandom drawnAlready(RetryCase of) {
    return new SplittableRandom(Objects.hash(of.delay(), of.queuedAt(), of.attempt()));
  }
}
