package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A queue in memory: for tests, and for mail that may be lost with the process. Messages are kept
 * in the heap until they ended, final outcomes for seven days unless told otherwise.
 *
 * <p>Safe for use by several threads. Closing it forgets nothing.
 */
public final class InMemoryQueue implements DeliveryQueue, QueueAdmin {

  /** How long final outcomes are kept unless told otherwise. */
  public static final Duration RETENTION = Duration.ofDays(7);

  /** A clock that is not the machine's may be set forward at any time: look at it this often. */
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InstantSource clock;
  private final MemoryStore store;

  /** What {@link #awaitWork} compares: changes so far, and those the last claim knew of. */
  private long changes;

  private long seen;
  private Instant claimedAt = Instant.MIN;

  private InMemoryQueue(InstantSource clock, Duration retention) {
    this.clock = clock;
    this.store = new MemoryStore(retention);
  }

  /** An empty queue. */
  public static InMemoryQueue create() {
    return create(InstantSource.system());
  }

  /**
   * An empty queue.
   *
   * @param clock by which deliveries are due in {@link #stats} and {@link #awaitWork}; the other
   *     methods are told the time
   */
  public static InMemoryQueue create(InstantSource clock) {
    return create(clock, RETENTION);
  }

  /**
   * An empty queue.
   *
   * @param clock by which deliveries are due in {@link #stats} and {@link #awaitWork}; the other
   *     methods are told the time
   * @param retention how long the final outcomes of a message are kept after its last one
   */
  public static InMemoryQueue create(InstantSource clock, Duration retention) {
    return new InMemoryQueue(clock, retention);
  }

  @Override
  public void add(List<Submission> submissions) {
    List<MemoryMessage> messages = MemoryMessage.readAll(submissions);
    change(
        () -> {
          for (int i = 0; i < messages.size(); i++) {
            store.add(submissions.get(i), messages.get(i));
          }
          return messages.size();
        });
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    return locked(
        () -> {
          seen = changes;
          claimedAt = request.now();
          return store.claim(request);
        });
  }

  @Override
  public List<QueueEntry> ownHolds() {
    return locked(store::takeOwnHolds);
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    return locked(
        () -> {
          Set<Lease> lost = new HashSet<>(leases);
          lost.removeIf(lease -> store.renew(lease, now.plus(leaseFor)));
          return lost;
        });
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    List<List<MemoryMessage>> spawned =
        settlements.stream().map(s -> MemoryMessage.readAll(s.spawned())).toList();
    return change(
        () -> {
          List<Settlement.Result> results = new ArrayList<>();
          for (int i = 0; i < settlements.size(); i++) {
            results.add(store.settle(settlements.get(i), spawned.get(i)));
          }
          return results;
        });
  }

  @Override
  public void release(List<Lease> leases) {
    change(
        () -> {
          leases.forEach(lease -> store.giveBack(lease, clock.instant()));
          return leases;
        });
  }

  @Override
  public Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return locked(() -> store.lines.postponedUntil(destination, now));
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    change(
        () -> {
          store.lines.postpone(destination, until);
          return destination;
        });
  }

  @Override
  public MessageSource message(SubmissionId submission) {
    return locked(() -> store.book.find(submission).flatMap(MemoryMessage::source))
        .orElseThrow(() -> new QueueException("no message of submission " + submission));
  }

  @Override
  public void awaitWork(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (left > 0 && changes == seen && clock.instant().isBefore(store.nextAfter(claimedAt))) {
        Duration wait = Duration.between(clock.instant(), store.nextAfter(claimedAt));
        long slice = Math.min(left, wait.compareTo(GLANCE) < 0 ? wait.toNanos() : GLANCE.toNanos());
        changed.awaitNanos(slice);
        left = deadline - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<SubmissionStatus> status(SubmissionId submission) {
    return locked(() -> store.book.find(submission).map(MemoryMessage::status));
  }

  @Override
  public List<RecordedOutcome> outcomes(long after, int most) {
    return locked(() -> store.book.outcomes(after, most));
  }

  @Override
  public QueueStats stats() {
    return locked(() -> store.stats(clock.instant()));
  }

  @Override
  public List<QueueEntry> list(Selection which, long afterId, int most) {
    return locked(() -> store.list(which, afterId, most));
  }

  @Override
  public int hold(Selection which, String why, Instant now) {
    return change(() -> MemoryActions.hold(store, which, why));
  }

  @Override
  public int release(Selection which, Instant now) {
    return change(() -> MemoryActions.release(store, which, now));
  }

  @Override
  public int flush(Selection which, Instant now) {
    return change(() -> MemoryActions.flush(store, which, now));
  }

  @Override
  public int cancel(Selection which, Instant now) {
    return change(() -> MemoryActions.cancel(store, which, now));
  }

  @Override
  public void close() {
    change(() -> true);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T change(Supplier<T> action) {
    return locked(
        () -> {
          T result = action.get();
          changes++;
          changed.signalAll();
          return result;
        });
  }
}
