package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When the primary is away. Times are milliseconds of the simulation.
 *
 * <p>Immutable.
 *
 * @param spans in their order, apart from each other
 */
record Outages(List<Span> spans) {

  Outages {
    spans = List.copyOf(spans);
  }

  /**
   * An outage.
   *
   * @param from the first moment of it
   * @param to the first moment after it
   */
  record Span(long from, long to) {}

  /** How long and how often: the time between two is drawn from half to one and a half of it. */
  record Pattern(Duration length, Duration between) {}

  /** Outages over that time. */
  static Outages of(Pattern pattern, Duration over, RandomGenerator random) {
    List<Span> spans = new ArrayList<>();
    long gap = pattern.between().toMillis();
    long at = (long) (gap * random.nextDouble(0.1, 1));
    while (at + pattern.length().toMillis() < over.toMillis()) {
      spans.add(new Span(at, at + pattern.length().toMillis()));
      at += pattern.length().toMillis() + (long) (gap * random.nextDouble(0.5, 1.5));
    }
    return new Outages(spans);
  }

  /** The one that this moment lies in; -1 if the primary is up. */
  int at(long moment) {
    int low = 0;
    int high = spans.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).to() <= moment) {
        low = middle + 1;
      } else if (spans.get(middle).from() > moment) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  boolean isDown(long moment) {
    return at(moment) >= 0;
  }

  /** The time that the primary is away in all. */
  long away() {
    return spans.stream().mapToLong(span -> span.to() - span.from()).sum();
  }

  /** The moment after that much of the time in which the primary is away. */
  long momentAway(long elapsed) {
    long left = elapsed;
    for (Span span : spans) {
      if (left < span.to() - span.from()) {
        return span.from() + left;
      }
      left -= span.to() - span.from();
    }
    throw new IllegalArgumentException("not that long away: " + elapsed);
  }

  /** The moment after that much of the time in which the primary is up. */
  long momentUp(long elapsed) {
    long moment = elapsed;
    for (Span span : spans) {
      if (moment < span.from()) {
        break;
      }
      moment += span.to() - span.from();
    }
    return moment;
  }
}
