package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.mxrelay.address.Domain;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueEntry.State;
import org.mxrelay.smtp.queue.Selection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what has been waiting for so long that its sender should know, in the order in which it
 * came. While a primary is down nothing is tried, so that no failed attempt would bring it up.
 *
 * <p>Safe for use by several threads, one of which looks at a time.
 */
final class LateNotices {

  private static final Logger log = LoggerFactory.getLogger(LateNotices.class);
  private static final int PAGE = 500;

  /** For so long a primary that is back may work off what waited: nobody is told meanwhile. */
  private static final Duration CATCHING_UP = Duration.ofMinutes(10);

  private final Duration age;
  private final QueueAdmin admin;
  private final Primaries primaries;
  private final LateNotice notice;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Map<Domain, Long> seen = new ConcurrentHashMap<>();

  LateNotices(Duration age, QueueAdmin admin, Primaries primaries, LateNotice notice) {
    this.age = age;
    this.admin = admin;
    this.primaries = primaries;
    this.notice = notice;
  }

  /** Tells whose time has come, on another thread, unless one is at it. */
  void look(Instant now, Executor in) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      in.execute(() -> look(now));
    } catch (RejectedExecutionException e) {
      log.debug("nobody else is told of a delay: the backup closes");
    }
  }

  private void look(Instant now) {
    try {
      all(now);
    } finally {
      busy.set(false);
    }
  }

  private void all(Instant now) {
    for (Primary primary : primaries.all()) {
      if (!isCatchingUp(primary.status(), now)) {
        primaries.domainsOf(primary).forEach(domain -> look(domain, now));
      }
    }
  }

  /** Whether what waits will go soon, if it goes at all. */
  static boolean isCatchingUp(PrimaryStatus status, Instant now) {
    return status.state() == PrimaryState.UP && now.isBefore(status.since().plus(CATCHING_UP));
  }

  private void look(Domain domain, Instant now) {
    try {
      List<QueueEntry> late =
          pages(new Selection.To(domain), seen.getOrDefault(domain, 0L))
              .takeWhile(e -> isSettled(e) && !e.delivery().queuedAt().plus(age).isAfter(now))
              .toList();
      for (QueueEntry entry : late) {
        Delivery delivery = entry.delivery();
        seen.put(domain, delivery.id());
        if (entry.state() == State.QUEUED) {
          notice.of(delivery, now);
        }
      }
    } catch (RuntimeException e) {
      log.warn("some senders of mail for {} are not told yet that it is late", domain, e);
    }
  }

  /** One that somebody works on is looked at when that is over. */
  private static boolean isSettled(QueueEntry entry) {
    return entry.state() != State.LEASED;
  }

  private Stream<QueueEntry> pages(Selection all, long after) {
    return Stream.iterate(
            admin.list(all, after, PAGE),
            page -> !page.isEmpty(),
            page -> admin.list(all, page.get(page.size() - 1).delivery().id(), PAGE))
        .flatMap(List::stream);
  }
}
