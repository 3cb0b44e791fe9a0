package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Selection;

/** Looks what waits. Safe for use by several threads. */
record Backlogs(DeliveryQueue queue, QueueAdmin admin, Primaries primaries) {

  private static final int PAGE = 100;

  /** So many held ones may stand before the oldest that waits; more, and it is not looked for. */
  private static final int MOST_PAGES = 20;

  Backlog all() {
    QueueStats stats = queue.stats();
    Optional<Instant> oldest =
        stats.pending() == 0
            ? Optional.empty()
            : primaries.domains().stream().flatMap(d -> oldest(d).stream()).min(Instant::compareTo);
    return new Backlog(stats.pending(), stats.held(), oldest);
  }

  /** When the oldest message of a primary was accepted that will go on by itself. */
  Optional<Instant> oldest(Primary of) {
    return primaries.domainsOf(of).stream()
        .flatMap(d -> oldest(d).stream())
        .min(Instant::compareTo);
  }

  /** The lowest id is the one that was added first. */
  private Optional<Instant> oldest(Domain domain) {
    Selection all = new Selection.To(domain);
    long after = 0;
    for (int i = 0; i < MOST_PAGES; i++) {
      List<QueueEntry> page = admin.list(all, after, PAGE);
      Optional<Instant> found =
          page.stream()
              .filter(e -> e.state() != QueueEntry.State.HELD)
              .map(e -> e.delivery().queuedAt())
              .findFirst();
      if (found.isPresent() || page.isEmpty()) {
        return found;
      }
      after = page.get(page.size() - 1).delivery().id();
    }
    return Optional.empty();
  }
}
