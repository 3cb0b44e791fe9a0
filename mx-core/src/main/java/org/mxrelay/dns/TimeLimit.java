package org.mxrelay.dns;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Puts something else in the place of a result that does not come in time. Thread-safe. */
final class TimeLimit {

  private final ScheduledExecutorService timers;

  TimeLimit(ScheduledExecutorService timers) {
    this.timers = timers;
  }

  <T> CompletableFuture<T> within(Duration limit, CompletionStage<T> stage, Supplier<T> otherwise) {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        });
    if (!result.isDone()) {
      start(limit, result, otherwise);
    }
    return result;
  }

  private <T> void start(Duration limit, CompletableFuture<T> result, Supplier<T> otherwise) {
    try {
      Future<?> timer =
          timers.schedule(
              () -> result.complete(otherwise.get()), limit.toNanos(), TimeUnit.NANOSECONDS);
      CompletionStage<T> end = result;
      end.whenComplete((value, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      result.complete(otherwise.get()); // the executor is shut down: nothing will come any more
    }
  }
}
