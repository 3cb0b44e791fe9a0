package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.address.Domain;

/**
 * One primary: whether it can be reached, and when to look again.
 *
 * <p>Safe for use by several threads.
 */
final class Primary {

  private final String name;
  private final Domain domain;
  private final ReentrantLock lock = new ReentrantLock();
  private PrimaryState state = PrimaryState.UNKNOWN;
  private Instant since;
  private Instant nextProbe;
  private String why = "not asked yet";
  private Optional<Instant> lastRelayed = Optional.empty();
  private Optional<Instant> lastForwarded = Optional.empty();
  private Optional<Instant> suspected = Optional.empty();
  private boolean probing;

  /**
   * @param domain whose mail it takes; one of them, if it takes that of several
   */
  Primary(String name, Domain domain, Instant now) {
    this.name = name;
    this.domain = domain;
    this.since = now;
    this.nextProbe = now;
  }

  Domain domain() {
    return domain;
  }

  PrimaryState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  PrimaryStatus status() {
    lock.lock();
    try {
      return new PrimaryStatus(name, state, since, why, lastRelayed);
    } finally {
      lock.unlock();
    }
  }

  /** It answered; says whether that is news. */
  boolean answered(String what, Instant now) {
    return become(PrimaryState.UP, what, now);
  }

  /** Nobody was there; says whether that is news. */
  boolean failed(String what, Instant now) {
    return become(PrimaryState.DOWN, what, now);
  }

  /** It took a message from us. */
  void relayed(Instant now) {
    lock.lock();
    try {
      lastRelayed = Optional.of(now);
    } finally {
      lock.unlock();
    }
  }

  /** It took a message from the queue. */
  void forwarded(Instant now) {
    lock.lock();
    try {
      lastForwarded = Optional.of(now);
    } finally {
      lock.unlock();
    }
  }

  Optional<Instant> lastForwarded() {
    lock.lock();
    try {
      return lastForwarded;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Something happened that asks for a look: a session broke, or it says that it is there. A probe
   * that is under way may have seen how it was before; another one follows it.
   */
  void suspect(Instant now) {
    lock.lock();
    try {
      nextProbe = now;
      suspected = Optional.of(now);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the caller shall probe now; it then says {@link #probed} in any case. */
  boolean beginProbe(Instant now) {
    lock.lock();
    try {
      if (probing || now.isBefore(nextProbe)) {
        return false;
      }
      probing = true;
      suspected = Optional.empty();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void probed() {
    lock.lock();
    try {
      probing = false;
      suspected.ifPresent(at -> nextProbe = at);
    } finally {
      lock.unlock();
    }
  }

  private boolean become(PrimaryState now, String what, Instant at) {
    lock.lock();
    try {
      boolean news = state != now;
      if (news) {
        state = now;
        since = at;
      }
      why = what;
      nextProbe = at.plus(ProbeSchedule.after(state, Duration.between(since, at)));
      return news;
    } finally {
      lock.unlock();
    }
  }
}
