package org.mxrelay.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.MailRouter;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.smtp.engine.Listeners;
import org.mxrelay.smtp.engine.Pulse;
import org.mxrelay.smtp.engine.Times;
import org.mxrelay.smtp.engine.WatchedQueue;
import org.mxrelay.smtp.metrics.Meters;
import org.mxrelay.smtp.metrics.RelayMetrics;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.transport.Transport;

/**
 * All who watch a relay: put around its queue and its transport, and among its listeners.
 *
 * <p>Immutable.
 */
final class Watching {

  private final Listeners listeners;
  private final Optional<RelayMetrics> metrics;
  private final Times times;
  private final Pulse pulse = new Pulse();

  Watching(List<RelayListener> given, LogDetail detail, @Nullable Meters meters, Times times) {
    this.times = times;
    this.metrics =
        Optional.ofNullable(meters).map(m -> new RelayMetrics(m, times.wall(), times.nanos()));
    List<RelayListener> all = new ArrayList<>(given);
    if (detail != LogDetail.NONE) {
      all.add(new RelayLog(detail));
    }
    metrics.ifPresent(all::add);
    this.listeners = new Listeners(all);
  }

  Listeners listeners() {
    return listeners;
  }

  Times times() {
    return times;
  }

  Pulse pulse() {
    return pulse;
  }

  /** The router of a relay that was given none. */
  MailRouter router() {
    return metrics
        .map(m -> MailRouter.builder().resolver(m.timed(DnsClient.system())).build())
        .orElseGet(MailRouter::system);
  }

  DeliveryQueue around(DeliveryQueue queue) {
    DeliveryQueue timed = metrics.map(m -> m.timed(queue)).orElse(queue);
    return new WatchedQueue(timed, listeners, times, pulse);
  }

  Transport around(Transport transport) {
    return metrics.map(m -> m.timed(transport)).orElse(transport);
  }
}
