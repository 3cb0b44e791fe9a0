package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A queue that passes everything on to another: what a queue extends that does something beside.
 *
 * <p>Safe for use by several threads, as every queue is.
 */
public abstract class ForwardingQueue implements DeliveryQueue {

  private final DeliveryQueue to;

  protected ForwardingQueue(DeliveryQueue to) {
    this.to = to;
  }

  @Override
  public void add(List<Submission> submissions) {
    to.add(submissions);
  }

  @Override
  public void attach() {
    to.attach();
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    return to.claim(request);
  }

  @Override
  public List<QueueEntry> ownHolds() {
    return to.ownHolds();
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    return to.renew(leases, now, leaseFor);
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    return to.settle(settlements);
  }

  @Override
  public void release(List<Lease> leases) {
    to.release(leases);
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    to.postpone(destination, until);
  }

  @Override
  public Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return to.postponedUntil(destination, now);
  }

  @Override
  public MessageSource message(SubmissionId submission) {
    return to.message(submission);
  }

  @Override
  public void awaitWork(Duration atMost) throws InterruptedException {
    to.awaitWork(atMost);
  }

  @Override
  public Optional<SubmissionStatus> status(SubmissionId submission) {
    return to.status(submission);
  }

  @Override
  public List<RecordedOutcome> outcomes(long after, int most) {
    return to.outcomes(after, most);
  }

  @Override
  public QueueStats stats() {
    return to.stats();
  }

  @Override
  public void close() {
    to.close();
  }
}
