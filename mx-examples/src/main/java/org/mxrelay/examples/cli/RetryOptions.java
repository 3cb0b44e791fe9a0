package org.mxrelay.examples.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.retry.RetryByDestination;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.StandardRetryPolicy;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** When to try again, and when to give up. */
final class RetryOptions {

  @Option(
      names = "--retry",
      paramLabel = "SPEC",
      description = "exp:INITIAL,MAX[,FACTOR[,JITTER]] or a list such as 1s,2s*3,1m.")
  private @Nullable String retry;

  @Option(
      names = "--retry-to",
      paramLabel = "PATTERN=SPEC",
      description =
          "A schedule of its own for a domain, .domain (all below it), [address] or *."
              + " Repeatable.")
  private Map<String, String> retryTo = new LinkedHashMap<>();

  @Option(
      names = "--expire",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "The age at which a message expires. Default: 5d.")
  private @Nullable Duration expire;

  @Option(
      names = "--delay-notice",
      paramLabel = "D|none",
      description = "The age at which the sender is told that his message is late. Default: 4h.")
  private @Nullable String delayNotice;

  StandardRetryPolicy policy() {
    StandardRetryPolicy policy = RetryPolicy.standard();
    policy = retry == null ? policy : policy.withSchedule(schedule("--retry", retry));
    policy = expire == null ? policy : expiring(policy, expire);
    return delayNotice == null ? policy : noticed(policy, delayNotice);
  }

  /** The schedule; nothing if none was given. */
  Optional<RetrySchedule> given() {
    return Optional.ofNullable(retry).map(spec -> schedule("--retry", spec));
  }

  /** The age of the notice; nothing if none was given, or none is wanted. */
  Optional<Duration> noticeGiven() {
    return delayNotice == null ? Optional.empty() : policy().delayNotice();
  }

  /** The policy with its exceptions for single destinations. */
  RetryPolicy byDestination() {
    StandardRetryPolicy standard = policy();
    RetryByDestination all = RetryByDestination.of(standard);
    for (Map.Entry<String, String> one : retryTo.entrySet()) {
      RetrySchedule own = schedule("--retry-to", one.getValue());
      try {
        all = all.with(one.getKey(), standard.withSchedule(own));
      } catch (IllegalArgumentException e) {
        throw UsageError.of("--retry-to", one.getKey(), Failures.reason(e));
      }
    }
    return retryTo.isEmpty() ? standard : all;
  }

  private static StandardRetryPolicy expiring(StandardRetryPolicy policy, Duration age) {
    try {
      return policy.withExpiry(age);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--expire: " + Failures.reason(e));
    }
  }

  private static RetrySchedule schedule(String option, String spec) {
    try {
      return RetrySchedule.parse(spec);
    } catch (IllegalArgumentException e) {
      throw UsageError.of(option, spec, Failures.reason(e));
    }
  }

  private static StandardRetryPolicy noticed(StandardRetryPolicy policy, String text) {
    if (text.equals("none")) {
      return policy.withoutDelayNotice();
    }
    try {
      return policy.withDelayNotice(new DurationOption().convert(text));
    } catch (TypeConversionException e) {
      throw new UsageError("--delay-notice: " + e.getMessage() + " nor none");
    } catch (IllegalArgumentException e) {
      throw new UsageError("--delay-notice: " + Failures.reason(e));
    }
  }
}
