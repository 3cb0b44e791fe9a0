package org.mxrelay.examples.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/** A queue around whose calls the process dies. */
final class KillingQueue extends ForwardingQueue {

  private final Fuse fuse;

  KillingQueue(DeliveryQueue other, Fuse fuse) {
    super(other);
    this.fuse = fuse;
  }

  @Override
  public void attach() {
    fuse.at(KillPoint.ATTACH_BEGINS);
    super.attach();
    fuse.at(KillPoint.ATTACHED);
  }

  @Override
  public void add(List<Submission> submissions) {
    fuse.at(KillPoint.ADD_BEGINS);
    super.add(submissions);
    fuse.at(KillPoint.ADDED);
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    fuse.at(KillPoint.CLAIM_BEGINS);
    List<Lease> leases = super.claim(request);
    if (!leases.isEmpty()) {
      fuse.at(KillPoint.CLAIMED);
    }
    return leases;
  }

  @Override
  public MessageSource message(SubmissionId submission) {
    MessageSource message = super.message(submission);
    fuse.at(KillPoint.BODY_OPENED);
    return message;
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    fuse.at(KillPoint.RENEW_BEGINS);
    Set<Lease> lost = super.renew(leases, now, leaseFor);
    fuse.at(KillPoint.RENEWED);
    return lost;
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    List<KillPoint> before = new ArrayList<>(List.of(KillPoint.SETTLE_BEGINS));
    List<KillPoint> after = new ArrayList<>(List.of(KillPoint.SETTLED));
    if (settlements.stream()
        .anyMatch(s -> s.rest().filter(Rest.Rescheduled.class::isInstance).isPresent())) {
      before.add(KillPoint.DEFERRAL_BEGINS);
      after.add(KillPoint.DEFERRAL_STORED);
    }
    if (settlements.stream().anyMatch(s -> !s.spawned().isEmpty())) {
      before.add(KillPoint.BOUNCE_BEGINS);
      after.add(KillPoint.BOUNCE_STORED);
    }
    before.forEach(fuse::at);
    List<Settlement.Result> results = super.settle(settlements);
    after.forEach(fuse::at);
    return results;
  }

  @Override
  public void release(List<Lease> leases) {
    fuse.at(KillPoint.RELEASE_BEGINS);
    super.release(leases);
    fuse.at(KillPoint.RELEASED);
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    fuse.at(KillPoint.POSTPONE_BEGINS);
    super.postpone(destination, until);
    fuse.at(KillPoint.POSTPONED);
  }
}
