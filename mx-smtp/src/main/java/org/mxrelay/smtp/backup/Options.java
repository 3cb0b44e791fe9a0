package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.retry.Durations;
import org.mxrelay.routing.SelfNames;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A builder's options, looked through.
 *
 * <p>Immutable.
 */
record Options(
    Set<Domain> domains,
    SelfNames self,
    String helo,
    List<String> primary,
    DeliveryQueue queue,
    QueueAdmin admin) {

  private static final Logger log = LoggerFactory.getLogger(Options.class);
  private static final Duration SHORTEST_HOLD = Duration.ofHours(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(365);

  static Options of(BackupMxBuilder with) {
    Set<Domain> domains = new LinkedHashSet<>();
    with.domains.forEach(d -> domains.add(Domain.of(d)));
    SelfNames self = SelfNames.of(with.self);
    if (domains.isEmpty()) {
      throw new IllegalStateException("domains: none was given");
    }
    if (self.names().isEmpty()) {
      throw new IllegalStateException("self: no host name was given");
    }
    requireRange("maxHold", with.maxHold, SHORTEST_HOLD, LONGEST_HOLD);
    requirePositive("duplicateWindow", with.duplicateWindow);
    requirePositive("comeBackAfter", with.comeBackAfter);
    requirePositive("stalledAfter", with.stalledAfter);
    with.delayNotice.ifPresent(age -> requirePositive("delayNotice", age));
    String helo = with.helo.isEmpty() ? firstName(with.self) : Domain.of(with.helo).name();
    DeliveryQueue queue = queue(with.queue);
    return new Options(domains, self, helo, List.copyOf(with.primary), queue, admin(queue));
  }

  /**
   * @throws NotABackupException if the DNS says that we are no backup of one of the domains
   */
  void requireBackup(BackupMxBuilder with) throws InterruptedException {
    if (!primary.isEmpty()) {
      return;
    }
    try (Asked dns = Asked.of(with)) {
      for (Domain domain : domains) {
        Optional<String> why = StartCheck.why(domain, dns.resolver().exchanges(domain), self);
        if (why.isPresent() && !with.unlisted) {
          throw new NotABackupException("not started: " + why.get());
        }
        why.ifPresent(w -> log.warn("started all the same: {}", w));
      }
    }
  }

  /** A resolver for a question: the caller's, or one that is closed after it. */
  private record Asked(MxResolver resolver, boolean ours) implements AutoCloseable {

    static Asked of(BackupMxBuilder with) {
      MxResolver given = with.resolver;
      return given != null
          ? new Asked(given, false)
          : new Asked(DnsClient.builder().clock(with.clock).build(), true);
    }

    @Override
    public void close() {
      if (ours) {
        resolver.close();
      }
    }
  }

  private static String firstName(List<String> self) {
    return self.stream()
        .filter(s -> !SelfNames.of(List.of(s)).names().isEmpty())
        .map(s -> Domain.of(s).name())
        .findFirst()
        .orElseThrow();
  }

  private static DeliveryQueue queue(@Nullable DeliveryQueue given) {
    if (given == null) {
      throw new IllegalStateException("queue: none was given");
    }
    return given;
  }

  private static QueueAdmin admin(DeliveryQueue queue) {
    if (queue instanceof QueueAdmin admin) {
      return admin;
    }
    throw new IllegalArgumentException(
        "queue: "
            + queue.getClass().getName()
            + " is no QueueAdmin, by which a backlog is released");
  }

  private static void requirePositive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + ": " + text(value) + " is not more than zero");
    }
  }

  private static void requireRange(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          option + ": " + text(value) + " is not in " + text(least) + " to " + text(most));
    }
  }

  private static String text(Duration value) {
    return value.isNegative() ? value.toString() : Durations.format(value);
  }
}
