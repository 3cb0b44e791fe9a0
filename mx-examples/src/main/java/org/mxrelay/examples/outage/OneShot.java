package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.Optional;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;

/** Gives up after the first attempt. Immutable. */
record OneShot() implements RetryPolicy {

  private static final Duration MOMENT = Duration.ofMillis(1);

  @Override
  public RetrySchedule schedule() {
    return RetrySchedule.list(MOMENT);
  }

  @Override
  public Duration expiry() {
    return MOMENT;
  }

  @Override
  public Optional<Duration> delayNotice() {
    return Optional.empty();
  }

  @Override
  public Decision decide(RetryCase of) {
    return switch (of.judgement().verdict()) {
      case RELAYED -> new Decision.Complete();
      case PERMANENT -> new Decision.Bounce();
      case TRANSIENT -> new Decision.Expire();
    };
  }
}
