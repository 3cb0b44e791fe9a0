package org.mxrelay.examples.outage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.testkit.ManualClock;

/** A relay on a clock that is moved by hand. */
final class RealEngine implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Domain SOMEBODY = Domain.of("somebody.example");

  private final ManualClock clock;
  private final InMemoryQueue queue;
  private final MxRelay relay;

  RealEngine(ManualClock clock, SenderKind kind, Router router, Transport transport) {
    this.clock = clock;
    this.queue = InMemoryQueue.create(clock, Duration.ofDays(365));
    this.relay =
        MxRelay.builder()
            .queue(queue)
            .router(router)
            .transport(transport)
            .retry(kind.policy())
            .fallthrough(kind.fallthrough())
            .bounces(Bounces.NONE)
            .clock(clock)
            .monotonic(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
            .random(new SplittableRandom(1))
            .start();
  }

  void submit(Letter letter) {
    relay.submit(
        Envelope.from("ann@sender.example")
            .to(letter.number() + "@" + EveryoneApart.domain(letter)),
        MessageSource.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII)));
  }

  /** Waits until all that is due has been attempted. */
  void settle() {
    // The clock was moved behind the queue's back; a change makes it look.
    queue.postpone(SOMEBODY, clock.instant());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isBusy()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("still at work after " + PATIENCE + ": " + queue.stats());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean isBusy() {
    QueueStats stats = queue.stats();
    return stats.due() + stats.leased() > 0;
  }

  /** When the next attempt is due; the end of time if there is none. */
  Instant nextDue() {
    return queue.list(new Selection.All(), 0, 10_000).stream()
        .map(entry -> entry.delivery().due())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  List<RecordedOutcome> outcomes() {
    return relay.outcomes(0, 10_000);
  }

  @Override
  public void close() {
    relay.close();
  }
}
