package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps answers for as long as they are valid, and beyond that for as long as they may stand in for
 * those that cannot be had. The least recently used give way; what counts is records, since one
 * answer may hold thousands. Thread-safe.
 */
final class AnswerCache {

  private record Entry(Lookup lookup, Instant since) {

    int weight() {
      return 1 + lookup.records().size() + lookup.aliases().size();
    }

    /** A clock that was set back must not prolong what it dates from. */
    boolean isValidAt(Instant now) {
      return isValidAt(now, Duration.ZERO);
    }

    boolean isValidAt(Instant now, Duration beyond) {
      return !now.isBefore(since) && now.isBefore(lookup.validUntil().plus(beyond));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Question, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final InstantSource clock;
  private final int mostRecords;
  private final Duration stale;
  private int weight;

  /**
   * @param stale how long beyond its time an answer may stand in
   */
  AnswerCache(int mostRecords, Duration stale, InstantSource clock) {
    this.mostRecords = mostRecords;
    this.stale = stale;
    this.clock = clock;
  }

  Optional<Lookup> find(Question question) {
    Instant now = clock.instant();
    return entry(question, now).filter(e -> e.isValidAt(now)).map(Entry::lookup);
  }

  /**
   * What stands in for an answer that cannot be had: the last one, if its time is not long past and
   * no mail could fail by it.
   *
   * @param why it is needed, in words
   */
  Optional<Lookup> standIn(Question question, String why) {
    Instant now = clock.instant();
    return entry(question, now)
        .map(Entry::lookup)
        .filter(StandIns::mayServe)
        .map(lookup -> StandIns.of(lookup, why, now));
  }

  /** What is kept, valid or not. */
  private Optional<Entry> entry(Question question, Instant now) {
    lock.lock();
    try {
      Entry entry = entries.get(question);
      if (entry != null && !entry.isValidAt(now, stale)) {
        remove(question);
        return Optional.empty();
      }
      return Optional.ofNullable(entry);
    } finally {
      lock.unlock();
    }
  }

  void keep(Question question, Lookup lookup) {
    Entry entry = new Entry(lookup, clock.instant());
    if (lookup.is(Lookup.Outcome.UNRESOLVED) || entry.weight() > mostRecords) {
      return;
    }
    lock.lock();
    try {
      remove(question);
      entries.put(question, entry);
      weight += entry.weight();
      Iterator<Entry> oldest = entries.values().iterator();
      while (weight > mostRecords) {
        weight -= oldest.next().weight();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(Question question) {
    Entry old = entries.remove(question);
    if (old != null) {
      weight -= old.weight();
    }
  }
}
