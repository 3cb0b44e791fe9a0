package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;

/** Ten minutes an attempt (10, 20, 30, ...), expiry after a day, a notice after four hours. */
record FixedPolicy() implements RetryPolicy {

  static final Duration STEP = Duration.ofMinutes(10);

  @Override
  public RetrySchedule schedule() {
    return (attempt, random) -> STEP.multipliedBy(attempt);
  }

  @Override
  public Duration expiry() {
    return Duration.ofDays(1);
  }

  @Override
  public Optional<Duration> delayNotice() {
    return Optional.of(Duration.ofHours(4));
  }

  @Override
  public Decision decide(RetryCase of) {
    Instant end = of.queuedAt().plus(expiry());
    return switch (of.judgement().verdict()) {
      case RELAYED -> new Decision.Complete();
      case PERMANENT -> new Decision.Bounce();
      case TRANSIENT -> {
        Duration delay = of.delay().compareTo(of.patience()) < 0 ? of.patience() : of.delay();
        Instant due = of.now().plus(delay);
        yield of.now().isBefore(end)
            ? new Decision.Reschedule(due.isBefore(end) ? due : end)
            : new Decision.Expire();
      }
    };
  }
}
