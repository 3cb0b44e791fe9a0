package org.mxrelay.dns;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Goes round the servers again while that may help; no thread sleeps meanwhile. Thread-safe. */
final class LookupRetry {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final double GROWTH = 2.0;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Retry retry;
  private final ScheduledExecutorService timers;

  LookupRetry(int rounds, ScheduledExecutorService timers) {
    RetryConfig config =
        RetryConfig.<Failover.Round>custom()
            .maxAttempts(rounds)
            .intervalFunction(
                IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, GROWTH, LONGEST_PAUSE))
            .retryOnResult(Failover.Round::worthRepeating)
            .retryOnException(e -> false)
            .build();
    this.retry = Retry.of("dns", config);
    this.timers = timers;
  }

  CompletionStage<Failover.Round> run(Supplier<CompletionStage<Failover.Round>> round) {
    return retry.executeCompletionStage(timers, round);
  }
}
