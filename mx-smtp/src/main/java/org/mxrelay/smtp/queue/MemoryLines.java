package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.MemoryLine.Turn;

/**
 * Everything that waits, a line a destination, so that a claim costs as much as it takes and a long
 * line hides nobody. Confined to the store's lock.
 */
final class MemoryLines {

  private final Map<Destination, MemoryLine> all = new HashMap<>();
  private final NavigableMap<Turn, MemoryLine> inTurn = new TreeMap<>();
  private final NavigableSet<MemoryUnit> suspects = new TreeSet<>(MemoryLine.BY_DUE);
  private long turns;

  void add(MemoryUnit unit) {
    if (unit.isSuspect()) {
      suspects.add(unit);
      return;
    }
    MemoryLine line = line(unit.delivery.destination());
    line.waiting.add(unit);
    if (line.isFirst(unit)) {
      reorder(line, line::await);
    }
  }

  /** One that was claimed and is not wanted now: its line goes behind those that wait. */
  void giveBack(MemoryUnit unit, Instant now) {
    add(unit);
    if (!unit.isSuspect()) {
      MemoryLine line = line(unit.delivery.destination());
      reorder(line, () -> line.awaitFrom(now));
    }
  }

  void remove(MemoryUnit unit) {
    if (suspects.remove(unit)) {
      return;
    }
    MemoryLine line = line(unit.delivery.destination());
    boolean first = line.isFirst(unit);
    line.waiting.remove(unit);
    if (first) {
      reorder(line, line::await);
    }
  }

  void postpone(Destination destination, Instant until) {
    MemoryLine line = line(destination);
    line.notBefore = until;
    reorder(line, line::await);
  }

  boolean isPostponed(Destination destination, Instant now) {
    MemoryLine line = all.get(destination);
    return line != null && line.notBefore.isAfter(now);
  }

  Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return Optional.ofNullable(all.get(destination))
        .map(line -> line.notBefore)
        .filter(until -> until.isAfter(now));
  }

  /** Takes what there is room for: one of each line, then another of each, and so on. */
  List<MemoryUnit> take(ClaimRequest request) {
    List<MemoryLine> lines = due(request);
    List<MemoryUnit> taken = new ArrayList<>();
    boolean more = true;
    for (int round = 0; more && round < request.mostPerDestination(); round++) {
      more = false;
      for (MemoryLine line : lines) {
        if (taken.size() < request.most()) {
          more |= line.takeDue(request.now()).map(taken::add).orElse(false);
        }
      }
    }
    lines.forEach(line -> reorder(line, () -> line.served(request.now(), ++turns)));
    if (request.wantsPostponed()) {
      ofPostponed(request, request.most() - taken.size()).forEach(unit -> move(unit, taken));
    }
    return taken;
  }

  private void move(MemoryUnit unit, List<MemoryUnit> to) {
    remove(unit);
    to.add(unit);
  }

  /** Whose time is over, or who are late, though their line is postponed. */
  private List<MemoryUnit> ofPostponed(ClaimRequest request, int most) {
    return all.values().stream()
        .filter(line -> line.notBefore.isAfter(request.now()))
        .filter(line -> !request.blocked().contains(line.destination))
        .flatMap(line -> line.waiting.stream().takeWhile(u -> !u.due().isAfter(request.now())))
        .filter(unit -> request.wantsPostponed(unit.delivery))
        .limit(most)
        .toList();
  }

  private List<MemoryLine> due(ClaimRequest request) {
    List<MemoryLine> due = new ArrayList<>();
    for (MemoryLine line : inTurn.values()) {
      if (line.turn().since().isAfter(request.now()) || due.size() == request.most()) {
        break;
      }
      if (!request.blocked().contains(line.destination)) {
        due.add(line);
      }
    }
    return due;
  }

  /** The next that may only be attempted alone. */
  Optional<MemoryUnit> takeSuspect(Instant now, Set<Destination> blocked) {
    Optional<MemoryUnit> next =
        suspects.stream()
            .takeWhile(u -> !u.due().isAfter(now))
            .filter(u -> !blocked.contains(u.delivery.destination()))
            .filter(u -> !isPostponed(u.delivery.destination(), now))
            .findFirst();
    next.ifPresent(suspects::remove);
    return next;
  }

  /** When the next line wants its turn that did not want it then. */
  Instant nextAfter(Instant then) {
    Turn next = inTurn.higherKey(new Turn(then, Long.MAX_VALUE));
    return next == null ? Instant.MAX : next.since();
  }

  /** Drops lines that nobody waits in. */
  void forgetIdle(Instant now) {
    all.values().removeIf(l -> l.waiting.isEmpty() && !l.notBefore.isAfter(now));
  }

  private MemoryLine line(Destination destination) {
    return all.computeIfAbsent(destination, d -> new MemoryLine(d, ++turns));
  }

  private void reorder(MemoryLine line, Runnable change) {
    inTurn.remove(line.turn());
    change.run();
    if (!line.waiting.isEmpty()) {
      inTurn.put(line.turn(), line);
    }
  }
}
