package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms that hold. Safe for use by several threads. */
final class Alarms {

  private static final Logger log = LoggerFactory.getLogger(Alarms.class);

  private final Tidings tidings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Kind, Alarm> held = new EnumMap<>(Kind.class);

  Alarms(Tidings tidings) {
    this.tidings = tidings;
  }

  /** Raises one; one that holds already keeps its time and gets the new words. */
  void raise(Kind kind, String why, Instant now) {
    Alarm alarm;
    lock.lock();
    try {
      Optional<Alarm> before = Optional.ofNullable(held.get(kind));
      alarm = new Alarm(kind, before.map(Alarm::since).orElse(now), why);
      held.put(kind, alarm);
      if (before.isPresent()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    log.error("alarm {}: {}", kind.word(), why);
    tidings.tell(l -> l.raised(new BackupEvent.Raised(alarm, now)));
  }

  void clear(Kind kind, Instant now) {
    Alarm over;
    lock.lock();
    try {
      Alarm before = held.remove(kind);
      if (before == null) {
        return;
      }
      over = before;
    } finally {
      lock.unlock();
    }
    log.info("alarm {} is over", kind.word());
    tidings.tell(l -> l.cleared(new BackupEvent.Cleared(over, now)));
  }

  /** As a decider says. */
  void set(Kind kind, Optional<String> why, Instant now) {
    if (why.isPresent()) {
      raise(kind, why.get(), now);
    } else {
      clear(kind, now);
    }
  }

  boolean holds(Kind kind) {
    lock.lock();
    try {
      return held.containsKey(kind);
    } finally {
      lock.unlock();
    }
  }

  List<Alarm> all() {
    lock.lock();
    try {
      return List.copyOf(held.values());
    } finally {
      lock.unlock();
    }
  }
}
