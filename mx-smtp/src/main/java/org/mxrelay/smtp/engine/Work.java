package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.transport.LastByteGate;

/**
 * A claimed delivery while somebody works on it: how far the work is, whether the lease is still
 * ours, and what was heard so far.
 *
 * <p>Safe for use by several threads: the worker's, the lease keeper's and the one that closes the
 * relay. Whoever {@linkplain #takeOver takes over} settles; nobody else does.
 */
final class Work implements LastByteGate {

  /** The last byte goes out only if the lease lasts at least that much longer. */
  static final Duration SPARE = Duration.ofSeconds(5);

  private enum Phase {
    WAITING,
    WORKING,
    /** The last byte may be on its way: an interrupt could only do harm. */
    LAST_BYTE,
    SETTLING
  }

  private final Lease lease;
  private final LongSupplier nanos;
  private final long claimedAt;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Recipient, Heard> heard = new LinkedHashMap<>();
  private final List<Session> sessions = new ArrayList<>();
  private List<Recipient> atStake = List.of();
  private @Nullable Route route;
  private @Nullable Uncertainty uncertain;
  private @Nullable Thread worker;
  private @Nullable String stopped;
  private Phase phase = Phase.WAITING;
  private boolean late;
  private boolean lost;
  private boolean shut;
  private boolean inLine;
  private long oursUntil;
  private int begun;

  /** Guarded by the lock of the lanes. */
  private @Nullable Lane lane;

  private boolean inLane = true;

  /**
   * @param oursUntil by the monotonic clock, counted from before the claim was made
   */
  Work(Lease lease, LongSupplier nanos, long oursUntil) {
    this.lease = lease;
    this.nanos = nanos;
    this.oursUntil = oursUntil;
    this.claimedAt = oursUntil - LeaseKeeper.LEASE.toNanos();
  }

  /** When the claim was about to be made, by the monotonic clock. */
  long claimedAt() {
    return claimedAt;
  }

  Lease lease() {
    return lease;
  }

  Delivery delivery() {
    return lease.delivery();
  }

  void lane(Lane other) {
    this.lane = other;
  }

  /** Takes up no room in its lane any more; answers whether it did until now. */
  boolean leavesLane() {
    boolean first = inLane;
    inLane = false;
    return first;
  }

  Lane lane() {
    return Objects.requireNonNull(lane, "in no lane");
  }

  /** Not to be attempted: its sender is told that it is late. */
  void onlyTell() {
    lock.lock();
    try {
      late = true;
    } finally {
      lock.unlock();
    }
  }

  boolean isOnlyTold() {
    lock.lock();
    try {
      return late;
    } finally {
      lock.unlock();
    }
  }

  /** The calling thread does the work from now on. */
  void start() throws BrokenOff {
    lock.lock();
    try {
      proceed();
      phase = Phase.WORKING;
      worker = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** A transaction begins. */
  void begin(Route with, List<Recipient> recipients) throws BrokenOff {
    lock.lock();
    try {
      proceed();
      route = with;
      atStake = List.copyOf(recipients);
      begun++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer ask() {
    lock.lock();
    try {
      if (phase == Phase.LAST_BYTE) {
        // The first answer may have put the byte on its way: another one would deny what happened.
        return Answer.GO;
      }
      if (stopped == null && !lasts(SPARE)) {
        stopped = "the lease may not be ours any more";
      }
      if (stopped != null || phase == Phase.WAITING || phase == Phase.SETTLING) {
        shut = true;
        return Answer.STOP;
      }
      phase = Phase.LAST_BYTE;
      return Answer.GO;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A transaction is over, and this was heard. Where our own gate was shut, a session that broke
   * says nothing of the exchange.
   */
  void end(Session session) throws BrokenOff {
    lock.lock();
    try {
      if (phase == Phase.SETTLING) {
        throw new BrokenOff("settled by another thread");
      }
      phase = Phase.WORKING;
      sessions.add(session);
      atStake = List.of();
      heard.putAll(session.heard());
      if (session.heard().values().stream().anyMatch(Heard::isUncertain)) {
        remember(session.route(), session.at());
      }
      if (shut) {
        heard.values().removeIf(h -> h.answer() == Fallthrough.Answer.LOST);
        proceed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something was learnt of recipients without any session. */
  void hear(Map<Recipient, Heard> news) {
    lock.lock();
    try {
      if (phase != Phase.SETTLING) {
        heard.putAll(news);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The calling thread settles what was heard, and nobody else does. If the last byte of a
   * transaction may have gone out, its recipients are uncertain.
   *
   * @return false if another thread settles it already
   */
  boolean takeOver(Instant now) {
    lock.lock();
    try {
      if (phase == Phase.SETTLING) {
        return false;
      }
      if (phase == Phase.LAST_BYTE && route != null) {
        Heard unknown = Judge.uncertain(route, "the reply was not waited for");
        atStake.forEach(r -> heard.put(r, unknown));
        remember(route, now);
      }
      if (stopped != null && Thread.currentThread() == worker) {
        // The interrupt was ours and has done its work; the store must not be hit by it.
        Thread.interrupted();
      }
      phase = Phase.SETTLING;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Its outcome waits to be stored: from now on it is over when that is done. */
  void line() {
    lock.lock();
    try {
      inLine = true;
    } finally {
      lock.unlock();
    }
  }

  boolean isInLine() {
    lock.lock();
    try {
      return inLine;
    } finally {
      lock.unlock();
    }
  }

  Hearing hearing() {
    lock.lock();
    try {
      return new Hearing(heard, sessions, begun, Optional.ofNullable(uncertain));
    } finally {
      lock.unlock();
    }
  }

  /** Ends the work early. A session before its last byte is interrupted; one after it is not. */
  void stop(String why) {
    lock.lock();
    try {
      stopped = why;
      if (phase == Phase.WORKING && worker != null) {
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether no thread works on it yet. */
  boolean isWaiting() {
    lock.lock();
    try {
      return phase == Phase.WAITING;
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped != null;
    } finally {
      lock.unlock();
    }
  }

  /** The store says that the lease is somebody else's. */
  void lose() {
    lock.lock();
    try {
      lost = true;
    } finally {
      lock.unlock();
    }
    stop("the lease was lost");
  }

  void prolong(long until) {
    lock.lock();
    try {
      oursUntil = until;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the store said that the lease is somebody else's. */
  boolean isLost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the lease is ours by the monotonic clock. */
  boolean isOurs() {
    lock.lock();
    try {
      return !lost && lasts(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  private void proceed() throws BrokenOff {
    if (stopped != null) {
      throw new BrokenOff(stopped);
    }
    if (phase == Phase.SETTLING) {
      throw new BrokenOff("settled by another thread");
    }
  }

  private void remember(Route where, Instant at) {
    uncertain = new Uncertainty(where.exchange(), where.preference(), at);
  }

  private boolean lasts(Duration more) {
    return oursUntil - nanos.getAsLong() > more.toNanos();
  }
}
