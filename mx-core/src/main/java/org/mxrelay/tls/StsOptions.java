package org.mxrelay.tls;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * How MTA-STS policies are fetched and kept.
 *
 * <p>Immutable, apart from the store.
 *
 * @param store where they are kept
 * @param trust whose certificates are believed of a policy's host; the JDK's if empty
 * @param port where a policy's host listens, 1 to 65535; RFC 8461 knows 443 alone, another one is
 *     for tests
 * @param timeout the time for a fetch, the DNS apart; more than zero
 * @param timers keep that time; one daemon thread of {@link MtaSts}'s own if empty
 * @param outcomes hears of each policy that could not be had (RFC 8460, 4.3), on the thread that
 *     asked; must not block. What became of the sessions, the relay's listener hears
 */
public record StsOptions(
    PolicyStore store,
    Optional<SSLContext> trust,
    int port,
    Duration timeout,
    Optional<ScheduledExecutorService> timers,
    Consumer<TlsOutcome> outcomes) {

  /**
   * @throws IllegalArgumentException if the port or the timeout is out of its range
   */
  public StsOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port of the policy's host must be 1 to 65535: " + port);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout of a policy must be more than 0: " + timeout);
    }
  }

  /** A store in memory of its own, the JDK's trust, port 443, 60 s (RFC 8461, 3.3). */
  public static StsOptions standard() {
    return new StsOptions(
        PolicyStore.inMemory(),
        Optional.empty(),
        443,
        Duration.ofSeconds(60),
        Optional.empty(),
        outcome -> {});
  }

  /** These options with another store. */
  public StsOptions withStore(PolicyStore other) {
    return new StsOptions(other, trust, port, timeout, timers, outcomes);
  }

  /** These options with certificates believed by this context. */
  public StsOptions withTrust(SSLContext by) {
    return new StsOptions(store, Optional.of(by), port, timeout, timers, outcomes);
  }

  /**
   * These options with another port.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public StsOptions withPort(int number) {
    return new StsOptions(store, trust, number, timeout, timers, outcomes);
  }

  /**
   * These options with another time for a fetch.
   *
   * @throws IllegalArgumentException if it is not more than zero
   */
  public StsOptions withTimeout(Duration limit) {
    return new StsOptions(store, trust, port, limit, timers, outcomes);
  }

  /** These options with an executor of the caller's, who shuts it down; nothing on it waits. */
  public StsOptions withTimers(ScheduledExecutorService by) {
    return new StsOptions(store, trust, port, timeout, Optional.of(by), outcomes);
  }

  /** These options with somebody who hears of policies that could not be had. */
  public StsOptions withOutcomes(Consumer<TlsOutcome> by) {
    return new StsOptions(store, trust, port, timeout, timers, by);
  }
}
