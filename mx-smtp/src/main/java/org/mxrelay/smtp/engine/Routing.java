package org.mxrelay.smtp.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.ReceivedFields;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.TlsPolicy;

/**
 * Asks the router where a delivery goes, unless the message goes round in circles, and the TLS
 * policy what that demands.
 *
 * <p>Safe for use by several threads.
 */
record Routing(Router router, TlsPolicy tls, DeliveryQueue queue) {

  /** RFC 5321, 6.3: the threshold should be at least 100 Received fields. */
  static final int MOST_HOPS = 100;

  private static final EnhancedStatusCode LOOP = new EnhancedStatusCode(5, 4, 6);

  TlsPlan route(Delivery delivery) throws InterruptedException {
    RouteDecision decision = decide(delivery);
    // RFC 8689, 4.2.2: who waives TLS wants his message through, whatever the recipient's policy.
    return delivery.options().tls() == SenderTls.WAIVED
        ? TlsPlan.unbound(decision)
        : tls.plan(delivery.destination(), decision);
  }

  private RouteDecision decide(Delivery delivery) throws InterruptedException {
    // The bytes never change, so that once is enough.
    return delivery.attempts() == 0 && hops(delivery) >= MOST_HOPS
        ? new RouteDecision.Fail(
            Reason.LOOP,
            LOOP,
            "mail loop: the message has " + MOST_HOPS + " Received fields",
            new Trail(Instant.MAX, List.of()))
        : router.route(delivery.destination());
  }

  private int hops(Delivery delivery) {
    try {
      return ReceivedFields.count(queue.message(delivery.submission()), MOST_HOPS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
