package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps answers for as long as they are valid, and beyond that for as long as they may stand in for
 * those that cannot be had. The least recently used give way; what counts is records, since one
 * answer may hold thousands. Thread-safe.
 */
final class AnswerCache {

  private record Entry(Lookup lookup, Instant since) {

    /** A clock that was set back must not prolong what it dates from. */
    boolean isValidAt(Instant now, Duration beyond) {
      return !now.isBefore(since) && now.isBefore(lookup.validUntil().plus(beyond));
    }
  }

  private final WeighedMap<Question, Entry> entries;
  private final InstantSource clock;
  private final Duration stale;

  /**
   * @param stale how long beyond its time an answer may stand in
   */
  AnswerCache(int mostRecords, Duration stale, InstantSource clock) {
    this.entries = new WeighedMap<>(mostRecords);
    this.stale = stale;
    this.clock = clock;
  }

  Optional<Lookup> find(Question question) {
    Instant now = clock.instant();
    return entry(question, now).filter(e -> e.isValidAt(now, Duration.ZERO)).map(Entry::lookup);
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
    Optional<Entry> entry = entries.find(question);
    if (entry.isPresent() && !entry.get().isValidAt(now, stale)) {
      entries.remove(question, entry.get());
      return Optional.empty();
    }
    return entry;
  }

  void keep(Question question, Lookup lookup) {
    if (!lookup.is(Lookup.Outcome.UNRESOLVED)) {
      entries.put(question, new Entry(lookup, clock.instant()), lookup.weight());
    }
  }
}
