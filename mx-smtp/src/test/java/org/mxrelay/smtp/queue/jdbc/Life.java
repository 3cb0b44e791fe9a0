package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.LEASE;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.testkit.QueueMail;

/** All calls that an engine makes, one after the other, until it crashes. */
final class Life {

  /** How many there are. */
  static final int CALLS = 9;

  private final Set<String> accepted = new TreeSet<>();
  private final Set<String> relayed = new TreeSet<>();
  private List<Lease> leases = new ArrayList<>();

  /** Makes the first calls. */
  void live(DeliveryQueue queue, int calls) {
    List<Runnable> all =
        List.of(
            () -> add(queue, "x"),
            () -> add(queue, "y"),
            () -> leases = new ArrayList<>(queue.claim(QueueMail.everything(NOON))),
            () -> assertEquals(Set.of(), queue.renew(leases, NOON, LEASE)),
            () -> queue.settle(List.of(relay(leases.remove(0)))),
            () -> queue.settle(List.of(bounce(leases.remove(0)))),
            () -> queue.settle(List.of(QueueMail.rescheduled(leases.remove(0), NOON, NOON))),
            () -> queue.release(List.of(leases.remove(0))),
            () -> queue.postpone(QueueMail.to("x.example"), NOON.plusSeconds(5)));
    assertEquals(CALLS, all.size());
    all.subList(0, calls).forEach(Runnable::run);
  }

  private void add(DeliveryQueue queue, String domain) {
    queue.add(QueueMail.many(domain, 2, NOON, domain + ".example"));
    accepted.addAll(List.of(domain + "-0", domain + "-1"));
  }

  private Settlement relay(Lease lease) {
    relayed.add(lease.delivery().submission().value());
    return QueueMail.relayed(lease, NOON);
  }

  private Settlement bounce(Lease lease) {
    relayed.add(lease.delivery().submission().value());
    accepted.add("bounce-0");
    Settlement bounced = QueueMail.ended(lease, Outcome.End.BOUNCED, NOON);
    return new Settlement(
        lease,
        bounced.ended(),
        Optional.empty(),
        QueueMail.many("bounce", 1, NOON, "shop.example"),
        NOON);
  }

  /** Whoever comes after delivers all the rest, and nothing that had ended. */
  void finish(DeliveryQueue queue, String when) {
    Instant later = NOON.plus(Duration.ofMinutes(2));
    List<Lease> rest = queue.claim(QueueMail.everything(later));
    for (Lease lease : rest) {
      String id = lease.delivery().submission().value();
      assertTrue(accepted.contains(id) && !relayed.contains(id), id + " again, " + when);
      assertTrue(QueueMail.bytes(queue.message(lease.delivery().submission())).length > 0, when);
    }
    queue.settle(rest.stream().map(lease -> QueueMail.relayed(lease, later)).toList());
    List<String> ended =
        queue.outcomes(0, 100).stream()
            .map(RecordedOutcome::outcome)
            .map(outcome -> outcome.submission().value())
            .sorted()
            .toList();
    assertEquals(List.copyOf(accepted), ended, when);
    assertEquals(0, queue.stats().pending(), when);
  }
}
