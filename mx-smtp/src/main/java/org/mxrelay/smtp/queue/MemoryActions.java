package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.QueueEntry.State;

/** What people do to the memory queue. Each answers how many deliveries it changed. */
final class MemoryActions {

  private MemoryActions() {}

  static int hold(MemoryStore store, Selection which, String why) {
    int changed = 0;
    for (MemoryUnit unit : selected(store, which)) {
      if (unit.state == State.QUEUED) {
        store.lines.remove(unit);
        store.keepBack(unit, why);
        changed++;
      } else if (unit.state == State.LEASED && unit.holdAsked.isEmpty()) {
        unit.holdAsked = Optional.of(why);
        changed++;
      }
    }
    return changed;
  }

  static int release(MemoryStore store, Selection which, Instant now) {
    int changed = 0;
    for (MemoryUnit unit : selected(store, which)) {
      if (unit.state == State.HELD) {
        unit.state = State.QUEUED;
        unit.why = "";
        unit.claims = 0;
        unit.delivery = unit.delivery.withDue(now);
        store.lines.add(unit);
        changed++;
      } else if (unit.holdAsked.isPresent()) {
        unit.holdAsked = Optional.empty();
        changed++;
      }
    }
    return changed;
  }

  static int flush(MemoryStore store, Selection which, Instant now) {
    List<MemoryUnit> units =
        selected(store, which).stream().filter(u -> u.state == State.QUEUED).toList();
    List<MemoryUnit> late =
        units.stream()
            .filter(
                u -> u.due().isAfter(now) || store.lines.isPostponed(u.delivery.destination(), now))
            .toList();
    for (MemoryUnit unit : late) {
      store.lines.remove(unit);
      unit.delivery = unit.due().isAfter(now) ? flushed(unit.delivery, now) : unit.delivery;
      store.lines.add(unit);
    }
    late.stream()
        .map(u -> u.delivery.destination())
        .distinct()
        .forEach(d -> store.lines.postpone(d, Instant.MIN));
    return late.size();
  }

  /** Due for as long as it has waited, so that the oldest goes first. */
  private static Delivery flushed(Delivery delivery, Instant now) {
    Instant queued = delivery.queuedAt();
    return delivery.withDue(queued.isBefore(now) ? queued : now);
  }

  static int cancel(MemoryStore store, Selection which, Instant now) {
    int changed = 0;
    for (MemoryUnit unit : selected(store, which)) {
      Set<Mailbox> whom = meant(which, unit.delivery);
      if (unit.state == State.LEASED) {
        changed += unit.cancelAsked.addAll(whom) ? 1 : 0;
      } else {
        cancelNow(store, unit, whom, now);
        changed++;
      }
    }
    return changed;
  }

  private static void cancelNow(
      MemoryStore store, MemoryUnit unit, Set<Mailbox> whom, Instant now) {
    boolean queued = unit.state == State.QUEUED;
    if (queued) {
      store.lines.remove(unit);
    }
    store.endAsCancelled(unit, whom, now);
    if (queued && !whom.containsAll(mailboxes(unit.delivery))) {
      store.lines.add(unit);
    }
  }

  private static Set<Mailbox> meant(Selection which, Delivery delivery) {
    return which instanceof Selection.For one ? Set.of(one.recipient()) : mailboxes(delivery);
  }

  private static Set<Mailbox> mailboxes(Delivery delivery) {
    Set<Mailbox> all = new HashSet<>();
    delivery.open().forEach(r -> all.add(r.mailbox()));
    return all;
  }

  private static List<MemoryUnit> selected(MemoryStore store, Selection which) {
    return store.select(which, 0).toList();
  }
}
