package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;

/** A queue in memory that writes down what is asked of it, and fails when told to. */
final class FaultyQueue implements DeliveryQueue {

  final InMemoryQueue real;
  final AtomicInteger settleFailures = new AtomicInteger();
  final AtomicInteger messageFailures = new AtomicInteger();
  final AtomicInteger renewFailures = new AtomicInteger();
  final AtomicInteger statsFailures = new AtomicInteger();
  final CountDownLatch waits = new CountDownLatch(1);
  final List<ClaimRequest> claims = new CopyOnWriteArrayList<>();
  final List<Settlement> settled = new CopyOnWriteArrayList<>();
  final List<Integer> settledTogether = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Runnable> whileSettling = new AtomicReference<>(() -> {});
  final List<Lease> released = new CopyOnWriteArrayList<>();
  final List<String> postponed = new CopyOnWriteArrayList<>();
  final List<Lease> leases = new CopyOnWriteArrayList<>();

  FaultyQueue(InMemoryQueue real) {
    this.real = real;
  }

  private static void failIf(AtomicInteger failures) {
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new QueueException("the disk is full");
    }
  }

  @Override
  public Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return real.postponedUntil(destination, now);
  }

  @Override
  public void add(List<Submission> submissions) {
    real.add(submissions);
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    claims.add(request);
    List<Lease> got = real.claim(request);
    leases.addAll(got);
    return got;
  }

  @Override
  public List<QueueEntry> ownHolds() {
    return real.ownHolds();
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    failIf(renewFailures);
    return real.renew(leases, now, leaseFor);
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    failIf(settleFailures);
    if (settlements.stream().anyMatch(this::isRefused)) {
      throw new QueueException("a value that the store cannot hold");
    }
    settled.addAll(settlements);
    settledTogether.add(settlements.size());
    List<Settlement.Result> results = real.settle(settlements);
    whileSettling.getAndSet(() -> {}).run();
    return results;
  }

  /** Runs something once, while the next settlements are being stored. */
  void whileSettling(Runnable task) {
    whileSettling.set(task);
  }

  /** Settlements of that recipient fail from now on. */
  void refuses(String recipient) {
    refused.add(recipient);
  }

  private boolean isRefused(Settlement settlement) {
    return settlement.lease().delivery().open().stream()
        .anyMatch(open -> refused.contains(open.mailbox().toString()));
  }

  @Override
  public void release(List<Lease> leases) {
    released.addAll(leases);
    real.release(new ArrayList<>(leases));
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    postponed.add(destination + " " + Duration.between(Rig.START, until).toSeconds());
    real.postpone(destination, until);
  }

  @Override
  public MessageSource message(SubmissionId submission) {
    failIf(messageFailures);
    return real.message(submission);
  }

  @Override
  public void awaitWork(Duration atMost) throws InterruptedException {
    waits.countDown();
    real.awaitWork(atMost);
  }

  @Override
  public Optional<SubmissionStatus> status(SubmissionId submission) {
    return real.status(submission);
  }

  @Override
  public List<RecordedOutcome> outcomes(long after, int most) {
    return real.outcomes(after, most);
  }

  @Override
  public QueueStats stats() {
    failIf(statsFailures);
    return real.stats();
  }

  @Override
  public void close() {
    real.close();
  }
}
