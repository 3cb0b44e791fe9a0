package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.Postponement;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Settlement;

/**
 * The engine's queue, overheard: tells the listeners what the engine claims, gives back and
 * postpones, and the {@link Pulse} whether the store still answers.
 *
 * <p>Safe for use by several threads.
 */
public final class WatchedQueue extends ForwardingQueue {

  private final RelayListener listener;
  private final Times times;
  private final Pulse pulse;

  /**
   * @param listener hears what happens; must not throw
   */
  public WatchedQueue(DeliveryQueue queue, RelayListener listener, Times times, Pulse pulse) {
    super(queue);
    this.listener = listener;
    this.times = times;
    this.pulse = pulse;
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    List<Lease> leases = felt(() -> super.claim(request));
    Instant now = times.now();
    pulse.claimed(now);
    leases.forEach(
        lease -> listener.claimed(new RelayEvent.Claimed(lease.delivery(), lease.claims(), now)));
    return leases;
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    return felt(() -> super.settle(settlements));
  }

  @Override
  public void release(List<Lease> leases) {
    felt(
        () -> {
          super.release(leases);
          return leases;
        });
    Instant now = times.now();
    leases.forEach(lease -> listener.givenBack(new RelayEvent.GivenBack(lease.delivery(), now)));
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    super.postpone(destination, until);
    listener.postponed(new Postponement(destination, until, times.now()));
  }

  private <T> T felt(Supplier<T> call) {
    try {
      T answer = call.get();
      pulse.answered();
      return answer;
    } catch (QueueException e) {
      pulse.failed(times.now(), String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
