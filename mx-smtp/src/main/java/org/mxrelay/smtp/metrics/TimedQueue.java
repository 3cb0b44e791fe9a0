package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;

/** Times what is asked of a store, and counts how messages end. Safe for use by several threads. */
final class TimedQueue extends ForwardingQueue {

  private final Meters meters;
  private final LongSupplier nanos;
  private final QueueGauges gauges;

  TimedQueue(DeliveryQueue queue, Meters meters, LongSupplier nanos, QueueGauges gauges) {
    super(queue);
    this.meters = meters;
    this.nanos = nanos;
    this.gauges = gauges;
  }

  @Override
  public void attach() {
    super.attach();
    gauges.show();
  }

  @Override
  public void close() {
    gauges.hide();
    super.close();
  }

  @Override
  public void add(List<Submission> submissions) {
    timed("add", () -> super.add(submissions));
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    return timed("claim", () -> super.claim(request));
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    return timed("renew", () -> super.renew(leases, now, leaseFor));
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    List<Settlement.Result> results = timed("settle", () -> super.settle(settlements));
    results.forEach(result -> result.stored().ifPresent(this::ended));
    return results;
  }

  @Override
  public void release(List<Lease> leases) {
    timed("release", () -> super.release(leases));
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    timed("postpone", () -> super.postpone(destination, until));
  }

  private void ended(Settlement settlement) {
    Instant queuedAt = settlement.lease().delivery().queuedAt();
    settlement
        .ended()
        .forEach(
            outcome -> {
              Map<String, String> result = Map.of("result", outcome.outcome().word());
              meters.count("mx.messages", result);
              meters.took("mx.message.age", result, Duration.between(queuedAt, outcome.at()));
            });
  }

  private void timed(String op, Runnable call) {
    timed(
        op,
        () -> {
          call.run();
          return op;
        });
  }

  private <T> T timed(String op, Supplier<T> call) {
    long begun = nanos.getAsLong();
    String result = "failed";
    try {
      T answer = call.get();
      result = "ok";
      return answer;
    } finally {
      meters.took(
          "mx.store",
          Map.of("op", op, "result", result),
          Duration.ofNanos(nanos.getAsLong() - begun));
    }
  }
}
