package org.mxrelay.examples.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Looks up clients' names: those that lead back to the address, as the JDK checks by itself.
 *
 * <p>Safe for use by several threads.
 */
final class ClientNames {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Executor lookups;

  ClientNames(Executor lookups) {
    this.lookups = lookups;
  }

  /** Begins to look; what is not found in three seconds is not known. */
  CompletableFuture<Optional<String>> of(InetAddress address) {
    return CompletableFuture.supplyAsync(() -> name(address), lookups)
        .exceptionally(e -> Optional.empty())
        .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Optional<String> name(InetAddress address) {
    // A copy that holds no name yet; where there is none it gives the address as text.
    String name = copy(address).getCanonicalHostName();
    boolean found = !name.equals(address.getHostAddress()) && NAME.matcher(name).matches();
    return found ? Optional.of(name) : Optional.empty();
  }

  private static InetAddress copy(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (java.net.UnknownHostException e) {
      return address;
    }
  }
}
