package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.mxrelay.address.Destination;

/** What waits for one destination, the earliest due first. Confined to the store's lock. */
final class MemoryLine {

  static final Comparator<MemoryUnit> BY_DUE =
      Comparator.comparing(MemoryUnit::due).thenComparingLong(MemoryUnit::id);

  final Destination destination;
  final NavigableSet<MemoryUnit> waiting = new TreeSet<>(BY_DUE);
  Instant notBefore = Instant.MIN;
  private Turn turn;

  MemoryLine(Destination destination, long number) {
    this.destination = destination;
    this.turn = new Turn(Instant.MAX, number);
  }

  /** When the line wants its turn. Changes only in {@link #await} and {@link #served}. */
  Turn turn() {
    return turn;
  }

  boolean isFirst(MemoryUnit unit) {
    return !waiting.isEmpty() && waiting.first() == unit;
  }

  /** Its turn comes when its first unit is due. */
  void await() {
    turn = new Turn(earliest(), turn.number());
  }

  /** Its turn comes after all lines that wait since before now, as far as its first unit is due. */
  void awaitFrom(Instant now) {
    turn = new Turn(later(now, earliest()), turn.number());
  }

  /** Its next turn comes after all lines that wait since before now. */
  void served(Instant now, long number) {
    turn = new Turn(later(now, earliest()), number);
  }

  Optional<MemoryUnit> takeDue(Instant now) {
    if (waiting.isEmpty() || waiting.first().due().isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(waiting.pollFirst());
  }

  private Instant earliest() {
    return waiting.isEmpty() ? Instant.MAX : later(notBefore, waiting.first().due());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /**
   * The place of a line among the others.
   *
   * @param since when its first unit became due, or when it was last served if that is later
   * @param number decides between lines that wait equally long; greater after each turn
   */
  record Turn(Instant since, long number) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int bySince = since.compareTo(other.since);
      return bySince == 0 ? Long.compare(number, other.number) : bySince;
    }
  }
}
