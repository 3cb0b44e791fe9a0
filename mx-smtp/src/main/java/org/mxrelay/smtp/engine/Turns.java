package org.mxrelay.smtp.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;

/**
 * Who waits to begin: lane after lane, each in its order, and before them those whose time is over,
 * who need no place in their lane.
 *
 * <p>Confined to the lock of {@link Lanes}.
 */
final class Turns {

  /** Lanes in which something waits, in turn. */
  private final Deque<Lane> ring = new ArrayDeque<>();

  private final Deque<Work> overdue = new ArrayDeque<>();

  /** Those in lanes. */
  private int parked;

  boolean isEmpty() {
    return ring.isEmpty() && overdue.isEmpty();
  }

  /** How many wait in lanes. */
  int parked() {
    return parked;
  }

  boolean isAnyOverdue() {
    return !overdue.isEmpty();
  }

  /** Last in its lane. */
  void park(Work work) {
    Lane lane = work.lane();
    if (lane.parked.isEmpty()) {
      ring.addLast(lane);
    }
    lane.parked.addLast(work);
    parked++;
  }

  void parkOverdue(Work work) {
    overdue.addLast(work);
  }

  Work takeOverdue() {
    return overdue.removeFirst();
  }

  /** The first of the next lane whose first may begin, which loses its turn to the others. */
  @Nullable Work take(Predicate<Work> mayBegin) {
    for (int left = ring.size(); left > 0; left--) {
      Lane lane = ring.removeFirst();
      boolean found = mayBegin.test(lane.parked.getFirst());
      @Nullable Work first = found ? lane.parked.removeFirst() : null;
      if (!lane.parked.isEmpty()) {
        ring.addLast(lane);
      }
      if (first != null) {
        parked--;
        return first;
      }
    }
    return null;
  }

  /** The first of each lane. */
  List<Work> heads() {
    return ring.stream().map(lane -> lane.parked.getFirst()).toList();
  }

  /** Those who wait for a destination leave their lane, and are answered in their order. */
  List<Work> remove(Destination destination, Lane from) {
    List<Work> removed = new ArrayList<>();
    for (Iterator<Work> all = from.parked.iterator(); all.hasNext(); ) {
      Work work = all.next();
      if (work.delivery().destination().equals(destination)) {
        all.remove();
        removed.add(work);
      }
    }
    parked -= removed.size();
    if (!removed.isEmpty() && from.parked.isEmpty()) {
      ring.remove(from);
    }
    return removed;
  }

  /** Nobody waits any more; answers with who did. */
  List<Work> clear() {
    List<Work> all = new ArrayList<>(overdue);
    for (Lane lane : ring) {
      all.addAll(lane.parked);
      lane.parked.clear();
    }
    ring.clear();
    overdue.clear();
    parked = 0;
    return all;
  }
}
