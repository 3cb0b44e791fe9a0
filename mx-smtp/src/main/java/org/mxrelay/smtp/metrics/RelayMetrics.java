package org.mxrelay.smtp.metrics;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.smtp.Postponement;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.RecentStats;
import org.mxrelay.smtp.transport.Transport;

/**
 * The numbers of one relay, under names that stay. {@code MxRelayBuilder.meters} makes one; it is
 * public for those who put an engine's parts together themselves.
 *
 * <p>Safe for use by several threads.
 */
public final class RelayMetrics implements RelayListener {

  private final Meters meters;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * @param clock by which ages are told
   * @param nanos the monotonic clock, by which lengths are told
   */
  public RelayMetrics(Meters meters, InstantSource clock, LongSupplier nanos) {
    this.meters = new HarmlessMeters(meters);
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * The queue, timed: {@code mx.store}, {@code mx.messages} and {@code mx.message.age}. Its sizes
   * are gauges, {@code mx.queue.size} and {@code mx.queue.oldest.due}, from when an engine attaches
   * it until it is closed.
   */
  public DeliveryQueue timed(DeliveryQueue queue) {
    return new TimedQueue(
        queue, meters, nanos, new QueueGauges(new RecentStats(queue::stats, nanos), meters, clock));
  }

  /** The transport, timed: {@code mx.attempts}, {@code mx.replies} and {@code mx.connections}. */
  public Transport timed(Transport transport) {
    return new TimedTransport(transport, meters, nanos);
  }

  /**
   * The resolver, timed: {@code mx.dns}. It is a {@link org.mxrelay.dns.TextResolver} and a {@link
   * org.mxrelay.dns.TlsaResolver} if the given one is. For a router of the caller's own, {@code
   * MailRouter.builder().resolver(metrics.timed(DnsClient.system()))}; a relay without one has it.
   */
  public MxResolver timed(MxResolver resolver) {
    return TimedResolver.of(resolver, new LookupTimer(meters, nanos));
  }

  @Override
  public void queued(RelayEvent.Queued event) {
    event("queued");
  }

  @Override
  public void deferred(RelayEvent.Deferred event) {
    event("deferred");
  }

  @Override
  public void uncertain(RelayEvent.Uncertain event) {
    event("uncertain");
  }

  @Override
  public void delayed(RelayEvent.Delayed event) {
    event("delayed");
  }

  @Override
  public void held(RelayEvent.Held event) {
    event("held");
  }

  @Override
  public void leaseLost(RelayEvent.LeaseLost event) {
    event("lease_lost");
  }

  @Override
  public void givenBack(RelayEvent.GivenBack event) {
    event("given_back");
  }

  @Override
  public void postponed(Postponement event) {
    event(event.isOver() ? "reachable" : "postponed");
  }

  private void event(String name) {
    meters.count("mx.events", Map.of("event", name));
  }
}
