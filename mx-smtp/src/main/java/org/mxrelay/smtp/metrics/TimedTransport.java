package org.mxrelay.smtp.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/** Times sessions, and counts what they heard. Safe for use by several threads. */
final class TimedTransport implements Transport {

  private final Transport to;
  private final Meters meters;
  private final LongSupplier nanos;

  TimedTransport(Transport to, Meters meters, LongSupplier nanos) {
    this.to = to;
    this.meters = meters;
    this.nanos = nanos;
  }

  @Override
  public AttemptResult attempt(Transaction transaction) throws InterruptedException {
    long begun = nanos.getAsLong();
    AttemptResult result = to.attempt(transaction);
    SessionTags tags = SessionTags.of(result);
    meters.took("mx.attempts", tags.attempt(), Duration.ofNanos(nanos.getAsLong() - begun));
    meters.count("mx.connections", Map.of("result", tags.connection()));
    result
        .results()
        .values()
        .forEach(r -> SessionTags.reply(r).ifPresent(reply -> meters.count("mx.replies", reply)));
    return result;
  }

  @Override
  public void close() {
    to.close();
  }
}
