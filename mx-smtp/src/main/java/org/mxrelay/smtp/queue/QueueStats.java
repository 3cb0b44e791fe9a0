package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Numbers of a queue at one moment.
 *
 * <p>Immutable.
 *
 * @param due deliveries that may be claimed now
 * @param scheduled deliveries that wait for their time
 * @param leased deliveries that somebody works on
 * @param held deliveries that wait for a person
 * @param oldestDue the earliest due time of a delivery that is due
 */
public record QueueStats(
    long due, long scheduled, long leased, long held, Optional<Instant> oldestDue) {

  /** These numbers and others together. */
  public QueueStats plus(QueueStats others) {
    return new QueueStats(
        due + others.due,
        scheduled + others.scheduled,
        leased + others.leased,
        held + others.held,
        Stream.concat(oldestDue.stream(), others.oldestDue.stream())
            .min(Comparator.naturalOrder()));
  }

  /** Deliveries that will go on by themselves: all but the held. */
  public long pending() {
    return due + scheduled + leased;
  }
}
