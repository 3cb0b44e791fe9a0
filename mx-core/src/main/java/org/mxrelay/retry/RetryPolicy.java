package org.mxrelay.retry;

import java.time.Duration;
import java.util.Optional;
import org.mxrelay.address.Destination;

/**
 * Decides what to do next for each recipient: the one place that does.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. Pure.
 */
public interface RetryPolicy {

  /**
   * The policy for the mail of one destination: this one, unless there is {@linkplain
   * RetryByDestination another} for it.
   */
  default RetryPolicy toward(Destination destination) {
    return this;
  }

  /** The delays between attempts. */
  RetrySchedule schedule();

  /** The age at which a message that is still queued expires. */
  Duration expiry();

  /**
   * The age at which the sender is told once that his message is late; never if empty. Of a policy
   * with others within, the shortest of all: nobody is told before that age.
   */
  Optional<Duration> delayNotice();

  /** What to do next. */
  Decision decide(RetryCase of);

  /**
   * The standard policy: 5 minutes doubling to 4 hours, expiry after 5 days, a notice at 4 hours.
   */
  static StandardRetryPolicy standard() {
    return RetryPresets.STANDARD;
  }
}
