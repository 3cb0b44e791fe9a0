package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.QueueEntry.State;

/** What the memory queue knows, and how it moves. Confined to the queue's lock. */
final class MemoryStore {

  final MemoryLines lines = new MemoryLines();
  final MemoryBook book;
  private final NavigableMap<Long, MemoryUnit> units = new TreeMap<>();
  private final NavigableSet<MemoryUnit> leased =
      new TreeSet<>(
          Comparator.<MemoryUnit, Instant>comparing(u -> u.until)
              .thenComparingLong(MemoryUnit::id));
  private final List<QueueEntry> ownHolds = new ArrayList<>();
  private long ids;

  /** Nothing else is claimed before then, unless the delivery that is attempted alone ends. */
  private Instant aloneUntil = Instant.MIN;

  private Instant swept = Instant.MIN;

  /** The time of the last claim, by the clock of those who claim. */
  private Instant claimedAt = Instant.MIN;

  MemoryStore(Duration retention) {
    this.book = new MemoryBook(retention);
  }

  void add(Submission submission, MemoryMessage message) {
    if (book.knows(submission.id())) {
      return;
    }
    book.add(message);
    submission
        .byDestination()
        .forEach(
            (destination, recipients) -> {
              List<OpenRecipient> open = recipients.stream().map(OpenRecipient::of).toList();
              Delivery delivery = Delivery.first(++ids, submission, open);
              MemoryUnit unit = new MemoryUnit(message, delivery);
              message.pending.add(unit);
              units.put(unit.id(), unit);
              lines.add(unit);
            });
  }

  List<Lease> claim(ClaimRequest request) {
    Instant now = request.now();
    claimedAt = now;
    sweep(now);
    while (!leased.isEmpty() && !leased.first().until.isAfter(now)) {
      lose(leased.first(), now);
    }
    if (leased.isEmpty()) {
      Optional<MemoryUnit> suspect = lines.takeSuspect(now, request.blocked());
      if (suspect.isPresent()) {
        aloneUntil = now.plus(request.leaseFor());
        return List.of(lease(suspect.get(), aloneUntil));
      }
    } else if (aloneUntil.isAfter(now) && LostLeases.isAlone(leased.first().claims)) {
      return List.of();
    }
    Instant until = now.plus(request.leaseFor());
    return lines.take(request).stream().map(u -> lease(u, until)).toList();
  }

  private Lease lease(MemoryUnit unit, Instant until) {
    unit.state = State.LEASED;
    unit.token++;
    unit.claims++;
    unit.until = until;
    leased.add(unit);
    return new Lease(unit.delivery, unit.token, until, unit.claims);
  }

  private void lose(MemoryUnit unit, Instant now) {
    leased.remove(unit);
    if (LostLeases.isAlone(unit.claims) && unit.holdAsked.isEmpty()) {
      unit.holdAsked = Optional.of(LostLeases.why(unit.claims));
      goOn(unit, now);
      if (unit.state == State.HELD) {
        ownHolds.add(unit.entry());
      }
    } else {
      goOn(unit, now);
    }
  }

  /** What was held by the store itself since this was last asked. */
  List<QueueEntry> takeOwnHolds() {
    List<QueueEntry> all = List.copyOf(ownHolds);
    ownHolds.clear();
    return all;
  }

  boolean renew(Lease lease, Instant until) {
    Optional<MemoryUnit> owned = owned(lease);
    owned.ifPresent(
        unit -> {
          leased.remove(unit);
          unit.until = until;
          leased.add(unit);
        });
    return owned.isPresent();
  }

  void giveBack(Lease lease, Instant now) {
    owned(lease)
        .ifPresent(
            unit -> {
              leased.remove(unit);
              unit.claims = 0;
              goOn(unit, now);
            });
  }

  /** Nobody works on it any more: what people asked for meanwhile takes effect. */
  private void goOn(MemoryUnit unit, Instant now) {
    Optional<String> hold = unit.holdAsked;
    Set<Mailbox> cancelled = Set.copyOf(unit.cancelAsked);
    unit.forgetLease();
    unit.state = State.QUEUED;
    endAsCancelled(unit, cancelled, now);
    if (units.containsKey(unit.id())) {
      hold.ifPresentOrElse(why -> keepBack(unit, why), () -> lines.giveBack(unit, claimedAt));
    }
  }

  /** The delivery must be in no line. */
  void endAsCancelled(MemoryUnit unit, Set<Mailbox> cancelled, Instant now) {
    List<OpenRecipient> left = new ArrayList<>();
    for (OpenRecipient recipient : unit.delivery.open()) {
      if (cancelled.contains(recipient.mailbox())) {
        book.record(unit.message, Outcome.cancelled(unit.delivery, recipient, now));
      } else {
        left.add(recipient);
      }
    }
    if (left.isEmpty()) {
      drop(unit, now);
    } else {
      unit.delivery = unit.delivery.withOpen(left);
    }
  }

  void keepBack(MemoryUnit unit, String why) {
    unit.state = State.HELD;
    unit.why = why;
  }

  private void drop(MemoryUnit unit, Instant at) {
    units.remove(unit.id());
    book.drop(unit.message, unit, at);
  }

  Settlement.Result settle(Settlement asked, List<MemoryMessage> spawned) {
    Optional<MemoryUnit> owned = owned(asked.lease());
    if (owned.isEmpty()) {
      return Settlement.Result.LEASE_LOST;
    }
    MemoryUnit unit = owned.get();
    Settlement cancelled = asked.withCancelled(unit.cancelAsked);
    Settlement settlement = unit.holdAsked.map(cancelled::withHold).orElse(cancelled);
    leased.remove(unit);
    unit.forgetLease();
    unit.claims = 0;
    settlement.ended().forEach(o -> book.record(unit.message, o));
    settlement.rest().ifPresentOrElse(rest -> keep(unit, rest), () -> drop(unit, settlement.at()));
    for (int i = 0; i < spawned.size(); i++) {
      add(settlement.spawned().get(i), spawned.get(i));
    }
    return Settlement.Result.of(settlement);
  }

  private void keep(MemoryUnit unit, Settlement.Rest rest) {
    unit.delivery = rest.delivery();
    if (rest instanceof Settlement.Rest.Held held) {
      keepBack(unit, held.why());
    } else {
      unit.state = State.QUEUED;
      lines.add(unit);
    }
  }

  private Optional<MemoryUnit> owned(Lease lease) {
    return Optional.ofNullable(units.get(lease.delivery().id()))
        .filter(u -> u.state == State.LEASED && u.token == lease.token());
  }

  /** Deliveries by id. */
  Stream<MemoryUnit> select(Selection which, long afterId) {
    return units.tailMap(afterId, false).values().stream().filter(u -> which.matches(u.delivery));
  }

  List<QueueEntry> list(Selection which, long afterId, int most) {
    return select(which, afterId).limit(most).map(MemoryUnit::entry).toList();
  }

  Instant nextAfter(Instant then) {
    Instant next = lines.nextAfter(then);
    return leased.isEmpty() || leased.first().until.isAfter(next) ? next : leased.first().until;
  }

  QueueStats stats(Instant now) {
    long due = 0;
    long held = 0;
    Optional<Instant> oldest = Optional.empty();
    for (MemoryUnit unit : units.values()) {
      if (unit.state == State.HELD) {
        held++;
      } else if (unit.state == State.QUEUED && isDue(unit, now)) {
        due++;
        oldest = oldest.filter(o -> o.isBefore(unit.due())).or(() -> Optional.of(unit.due()));
      }
    }
    long scheduled = units.size() - due - held - leased.size();
    return new QueueStats(due, scheduled, leased.size(), held, oldest);
  }

  private boolean isDue(MemoryUnit unit, Instant now) {
    return !unit.due().isAfter(now) && !lines.isPostponed(unit.delivery.destination(), now);
  }

  private void sweep(Instant now) {
    if (now.isBefore(swept) || swept.plus(Duration.ofMinutes(1)).isBefore(now)) {
      swept = now;
      book.forgetOld(now);
      lines.forgetIdle(now);
    }
  }
}
