package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Messages and final outcomes, as long as they are kept. Confined to the store's lock. */
final class MemoryBook {

  private final Map<SubmissionId, MemoryMessage> messages = new HashMap<>();
  private final NavigableMap<Long, RecordedOutcome> outcomes = new TreeMap<>();
  private final Deque<MemoryMessage> ended = new ArrayDeque<>();
  private final Duration retention;
  private long cursor;

  MemoryBook(Duration retention) {
    this.retention = retention;
  }

  boolean knows(SubmissionId id) {
    return messages.containsKey(id);
  }

  void add(MemoryMessage message) {
    messages.put(message.id, message);
  }

  Optional<MemoryMessage> find(SubmissionId id) {
    return Optional.ofNullable(messages.get(id));
  }

  void record(MemoryMessage message, Outcome outcome) {
    RecordedOutcome recorded = new RecordedOutcome(++cursor, outcome);
    outcomes.put(recorded.cursor(), recorded);
    message.ended.add(recorded);
  }

  /** A delivery of the message is no more. */
  void drop(MemoryMessage message, MemoryUnit unit, Instant at) {
    message.pending.remove(unit);
    if (message.pending.isEmpty()) {
      message.end(at);
      ended.add(message);
    }
  }

  List<RecordedOutcome> outcomes(long after, int most) {
    return outcomes.tailMap(after, false).values().stream().limit(most).toList();
  }

  void forgetOld(Instant now) {
    while (!ended.isEmpty() && ended.peek().endedAt.plus(retention).isBefore(now)) {
      MemoryMessage old = ended.remove();
      messages.remove(old.id);
      old.ended.forEach(o -> outcomes.remove(o.cursor()));
    }
  }
}
