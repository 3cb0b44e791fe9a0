package org.mxrelay.examples.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.Lease;

/**
 * A queue whose leases are shorter than its engine asks for. The engine must be given a monotonic
 * clock that is faster by the same factor: then it knows when they end, by its own reckoning.
 */
final class ShortLeases extends ForwardingQueue {

  private final int factor;

  ShortLeases(DeliveryQueue other, int factor) {
    super(other);
    this.factor = factor;
  }

  @Override
  public List<Lease> claim(ClaimRequest asked) {
    return super.claim(
        new ClaimRequest(
            asked.now(),
            asked.leaseFor().dividedBy(factor),
            asked.most(),
            asked.mostPerDestination(),
            asked.blocked(),
            asked.overdue(),
            asked.late()));
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    return super.renew(leases, now, leaseFor.dividedBy(factor));
  }
}
