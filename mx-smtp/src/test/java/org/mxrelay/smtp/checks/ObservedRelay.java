package org.mxrelay.smtp.checks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;

/** A relay whose mail all goes to one scripted server. */
public final class ObservedRelay implements AutoCloseable {

  /** Longer than anything takes. */
  public static final Duration LONG = Duration.ofSeconds(30);

  /** What is sent. */
  public static final MessageSource MESSAGE =
      MessageSource.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));

  public final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final CountDownLatch deferred = new CountDownLatch(1);

  /** A builder with a queue in memory. */
  public MxRelayBuilder builder() {
    return builder(InMemoryQueue.create());
  }

  public MxRelayBuilder builder(DeliveryQueue queue) {
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(queue)
        .router(
            destination ->
                new RouteDecision.Attempt(
                    List.of(server.route()), new Trail(Instant.MAX, List.of())))
        .listener(
            new RelayListener() {
              @Override
              public void deferred(RelayEvent.Deferred event) {
                deferred.countDown();
              }
            });
  }

  /** A message to one recipient. */
  public static Receipt submit(MxRelay relay, String to) {
    return relay.submit(Envelope.from("billing@shop.example").to(to), MESSAGE);
  }

  /** Waits until something was deferred. */
  public boolean awaitDeferral() throws InterruptedException {
    return deferred.await(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    server.close();
  }
}
