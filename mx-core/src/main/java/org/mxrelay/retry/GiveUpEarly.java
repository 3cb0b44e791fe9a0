package org.mxrelay.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Category;

/**
 * A policy that waits less long for refusals of certain categories: a mailbox that is full or a
 * relay that is denied today will hardly be otherwise in five days.
 *
 * <p>Off unless asked for: by itself a 4yz never ends a message before it expires. Only transient
 * refusals of the categories are touched, and they end as expired, not as refused for good.
 *
 * <p>Immutable, if the policy within is.
 *
 * @param policy decides everything else
 * @param categories for which the time is short
 * @param after the age at which they expire; zero for the first such refusal. The last attempt
 *     falls exactly there
 */
public record GiveUpEarly(RetryPolicy policy, Set<Category> categories, Duration after)
    implements RetryPolicy {

  /**
   * @throws IllegalArgumentException if the age is negative
   */
  public GiveUpEarly {
    categories = Set.copyOf(categories);
    if (after.isNegative()) {
      throw new IllegalArgumentException("give up early after: " + after + " is negative");
    }
  }

  @Override
  public RetryPolicy toward(Destination destination) {
    return new GiveUpEarly(policy.toward(destination), categories, after);
  }

  @Override
  public RetrySchedule schedule() {
    return policy.schedule();
  }

  @Override
  public Duration expiry() {
    return policy.expiry();
  }

  @Override
  public Optional<Duration> delayNotice() {
    return policy.delayNotice();
  }

  @Override
  public Decision decide(RetryCase of) {
    Decision decision = policy.decide(of);
    return decision instanceof Decision.Reschedule later
            && categories.contains(of.judgement().category())
        ? atMost(Limits.plus(of.queuedAt(), after), later, of.now())
        : decision;
  }

  private static Decision atMost(Instant end, Decision.Reschedule later, Instant now) {
    return now.isBefore(end)
        ? new Decision.Reschedule(Limits.earlier(later.due(), end))
        : new Decision.Expire();
  }
}
