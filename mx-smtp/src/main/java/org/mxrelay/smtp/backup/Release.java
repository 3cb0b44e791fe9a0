package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Domain;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what waits for a primary due at once, the oldest first, except what the primary may have
 * taken already: that keeps its time. The relay starts slowly with a destination that is back.
 *
 * <p>Safe for use by several threads.
 */
final class Release {

  private static final Logger log = LoggerFactory.getLogger(Release.class);
  private static final int PAGE = 500;

  /** How long a hand-over waits of which nobody knows whether it happened. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Duration QUIET = Duration.ofMinutes(3);

  private final QueueAdmin admin;
  private final Primaries primaries;
  private final InstantSource clock;
  private final AtomicReference<Instant> carefulUntil;
  private volatile @Nullable MxRelay relay;

  Release(QueueAdmin admin, Primaries primaries, InstantSource clock) {
    this.admin = admin;
    this.primaries = primaries;
    this.clock = clock;
    // What was uncertain when an earlier process ended, nobody here has heard of.
    this.carefulUntil = new AtomicReference<>(clock.instant().plus(PATIENCE));
  }

  /** From now on it is that relay which forwards. */
  void by(MxRelay started) {
    relay = started;
  }

  /**
   * Keeps the relay from trying for a few minutes what the probes know to be in vain, so that no
   * message loses its turn by a failed attempt. If nobody probes any more, the relay goes on by its
   * own schedule.
   */
  void quieten(Primary primary) {
    MxRelay forwarding = relay;
    if (forwarding == null) {
      return;
    }
    Instant until = clock.instant().plus(QUIET);
    try {
      primaries.domainsOf(primary).forEach(d -> forwarding.postpone(d, until));
    } catch (RuntimeException e) {
      log.warn("mail for {} is tried in vain", primary.status().name(), e);
    }
    if (primary.state() != PrimaryState.DOWN) {
      // It came back meanwhile, and its backlog had been released before it was postponed.
      backlog(primary);
    }
  }

  /** A hand-over became uncertain. */
  void uncertain(Instant at) {
    carefulUntil.set(at.plus(PATIENCE));
  }

  /** How many deliveries became due; what the store refused to do happens by itself, later. */
  int backlog(Primary primary) {
    int released = 0;
    try {
      for (Domain domain : primaries.domainsOf(primary)) {
        released += of(domain);
        goOn(domain);
      }
    } catch (RuntimeException e) {
      log.warn("the backlog of {} goes by its own schedule", primary.status().name(), e);
    }
    return released;
  }

  /** Nothing keeps its mail any more, be it there already or yet to come. */
  private void goOn(Domain domain) {
    MxRelay forwarding = relay;
    if (forwarding != null) {
      forwarding.postpone(domain, clock.instant());
    }
  }

  private int of(Domain domain) {
    Instant now = clock.instant();
    Selection all = new Selection.To(domain);
    return isAnyUncertain(all, now) ? oneByOne(all, now) : admin.flush(all, now);
  }

  private boolean isAnyUncertain(Selection all, Instant now) {
    return now.isBefore(carefulUntil.get())
        && pages(all).anyMatch(entry -> isUncertain(entry.delivery(), now));
  }

  private int oneByOne(Selection all, Instant now) {
    List<Delivery> certain =
        pages(all).map(QueueEntry::delivery).filter(d -> !isUncertain(d, now)).toList();
    return certain.stream()
        .mapToInt(d -> admin.flush(new Selection.OfSubmission(d.submission()), now))
        .sum();
  }

  private static boolean isUncertain(Delivery delivery, Instant now) {
    return delivery.uncertain().filter(u -> now.isBefore(u.at().plus(PATIENCE))).isPresent();
  }

  private Stream<QueueEntry> pages(Selection all) {
    return Stream.iterate(
            admin.list(all, 0, PAGE),
            page -> !page.isEmpty(),
            page -> admin.list(all, page.get(page.size() - 1).delivery().id(), PAGE))
        .flatMap(List::stream);
  }
}
