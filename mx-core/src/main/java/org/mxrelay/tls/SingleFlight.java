package org.mxrelay.tls;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Domain;

/** Lets one thread do for a domain what several want at a time. Thread-safe. */
final class SingleFlight<T> {

  @FunctionalInterface
  interface Task<T> {
    T run() throws InterruptedException;
  }

  private final Map<Domain, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

  boolean isUnderWay(Domain domain) {
    return underWay.containsKey(domain);
  }

  /** The result of the task, or of the one that is under way for the same domain. */
  T run(Domain domain, Task<T> task) throws InterruptedException {
    while (true) {
      CompletableFuture<T> mine = new CompletableFuture<>();
      @Nullable CompletableFuture<T> other = underWay.putIfAbsent(domain, mine);
      if (other == null) {
        return lead(domain, task, mine);
      }
      try {
        return other.get();
      } catch (CancellationException | ExecutionException e) {
        // Whoever did it was interrupted or failed, which is his affair: do it ourselves.
        underWay.remove(domain, other);
      }
    }
  }

  private T lead(Domain domain, Task<T> task, CompletableFuture<T> mine)
      throws InterruptedException {
    try {
      T result = task.run();
      mine.complete(result);
      return result;
    } finally {
      mine.cancel(false);
      underWay.remove(domain, mine);
    }
  }
}
