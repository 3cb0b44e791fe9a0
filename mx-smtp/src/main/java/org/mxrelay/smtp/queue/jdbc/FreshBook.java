package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * The messages that are in the journal and in no table yet, as many as fit.
 *
 * <p>Guarded by the lock of {@link Fresh}.
 */
final class FreshBook {

  static final QueueStats NOTHING = new QueueStats(0, 0, 0, 0, Optional.empty());

  /** Messages, those that have ended and wait to be written down included. */
  private static final int MOST = 2048;

  private static final long MOST_BYTES = 16L << 20;

  private final Map<SubmissionId, FreshMessage> messages = new LinkedHashMap<>();
  private final Map<Long, FreshDelivery> deliveries = new HashMap<>();
  private final FreshLines lines = new FreshLines();

  /** Those of which nothing is open, in the order in which they ended. */
  private final Set<FreshMessage> over = new LinkedHashSet<>();

  private long bytes;
  private int leased;
  private long progressAt = System.nanoTime();
  private Instant nextLoss = Instant.MAX;

  boolean hasRoom() {
    return messages.size() < MOST && bytes < MOST_BYTES;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Whether nobody waits to be claimed. */
  boolean isNobodyWaiting() {
    return lines.isEmpty();
  }

  boolean isAnyLeased() {
    return leased > 0;
  }

  Optional<FreshMessage> find(SubmissionId id) {
    return Optional.ofNullable(messages.get(id));
  }

  /** When something ended or left for the tables last, by the monotonic clock. */
  long progressAt() {
    return progressAt;
  }

  /** Those of which something waits for one of the destinations. */
  Set<FreshMessage> waitingFor(Collection<Destination> destinations) {
    Set<FreshMessage> waiting = new LinkedHashSet<>();
    for (Destination destination : destinations) {
      lines.of(destination).forEach(delivery -> waiting.add(delivery.message));
    }
    return waiting;
  }

  /** When a lease may run out next; never later than it does. */
  Instant nextLoss() {
    return nextLoss;
  }

  void add(FreshMessage message) {
    messages.put(message.submission, message);
    bytes += message.bytes().length;
    for (FreshDelivery delivery : message.deliveries) {
      deliveries.put(delivery.delivery.id(), delivery);
      lines.add(delivery);
    }
  }

  /** Those whose turn it is, leased. */
  List<Lease> claim(ClaimRequest request, List<Lease> had, long token) {
    Instant until = request.now().plus(request.leaseFor());
    List<Lease> leases = new ArrayList<>();
    for (FreshDelivery delivery : lines.take(request, had)) {
      leases.add(delivery.lease(token, until));
    }
    leased += leases.size();
    nextLoss = !leases.isEmpty() && until.isBefore(nextLoss) ? until : nextLoss;
    return leases;
  }

  /** The delivery if it is here and its lease holds. */
  @Nullable FreshDelivery owned(Lease lease) {
    FreshDelivery delivery = deliveries.get(lease.delivery().id());
    return delivery != null && delivery.isOwnedBy(lease) ? delivery : null;
  }

  /** Whether its message is on its way into the tables. */
  boolean isLeaving(Lease lease) {
    FreshDelivery delivery = deliveries.get(lease.delivery().id());
    return delivery != null && delivery.message.leaving;
  }

  void giveBack(FreshDelivery delivery) {
    delivery.state = FreshDelivery.State.QUEUED;
    leased--;
    lines.add(delivery);
  }

  void end(FreshDelivery delivery, List<OutcomeColumns> outcomes) {
    long before = delivery.message.bytes().length;
    delivery.message.end(delivery, outcomes);
    if (delivery.message.isEnded()) {
      over.add(delivery.message);
    }
    progressAt = System.nanoTime();
    bytes -= before - delivery.message.bytes().length;
    leased--;
  }

  /** Messages of a kind, those that are leaving included, the oldest first. */
  List<FreshMessage> some(Predicate<FreshMessage> which) {
    return messages.values().stream().filter(which).toList();
  }

  /** Those of which nothing is open, and that are not leaving yet. */
  List<FreshMessage> over() {
    return over.isEmpty() ? List.of() : over.stream().filter(m -> !m.leaving).toList();
  }

  /** Those that came before then, by the monotonic clock, and are not leaving yet. */
  List<FreshMessage> olderThan(long since) {
    return messages.values().stream()
        .takeWhile(m -> m.since - since <= 0)
        .filter(m -> !m.leaving)
        .toList();
  }

  /** They go into the tables: from now on nobody claims any of it. */
  void leave(Collection<FreshMessage> leaving) {
    for (FreshMessage message : leaving) {
      message.leaving = true;
      message.deliveries.stream()
          .filter(d -> d.state == FreshDelivery.State.QUEUED)
          .forEach(lines::remove);
    }
  }

  /** The tables did not take them. */
  void stay(Collection<FreshMessage> staying) {
    for (FreshMessage message : staying) {
      message.leaving = false;
      message.deliveries.stream()
          .filter(d -> d.state == FreshDelivery.State.QUEUED)
          .forEach(lines::add);
    }
  }

  /** They are in the tables. */
  void remove(Collection<FreshMessage> left) {
    for (FreshMessage message : left) {
      messages.remove(message.submission);
      over.remove(message);
      progressAt = System.nanoTime();
      bytes -= message.bytes().length;
      for (FreshDelivery delivery : message.deliveries) {
        deliveries.remove(delivery.delivery.id());
        leased -= delivery.state == FreshDelivery.State.LEASED ? 1 : 0;
      }
    }
  }

  /** Those of which a lease was not renewed in time. */
  List<FreshMessage> lost(Instant now) {
    nextLoss =
        deliveries.values().stream()
            .flatMap(d -> d.leasedUntil().stream())
            .filter(until -> until.isAfter(now))
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    return some(m -> !m.leaving && m.deliveries.stream().anyMatch(d -> d.isLost(now)));
  }

  QueueStats stats() {
    long due = 0;
    long busy = 0;
    Optional<Instant> oldest = Optional.empty();
    for (FreshDelivery delivery : deliveries.values()) {
      if (delivery.state == FreshDelivery.State.QUEUED) {
        due++;
        Instant since = delivery.delivery.due();
        oldest = oldest.filter(o -> o.isBefore(since)).or(() -> Optional.of(since));
      } else if (delivery.state != FreshDelivery.State.ENDED) {
        busy++;
      }
    }
    return new QueueStats(due, 0, busy, 0, oldest);
  }
}
