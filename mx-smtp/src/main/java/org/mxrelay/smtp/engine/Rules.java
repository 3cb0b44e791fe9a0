package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.routing.Disposition;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.HoldRule;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.tls.TlsDemand;

/**
 * The pure deciders that the engine asks.
 *
 * @param classifier judges replies
 * @param fallthrough says what becomes of a recipient after a route
 * @param retry says what becomes of a recipient after an attempt
 * @param holds says which failures are kept for a person
 * @param tls the floor under every session
 * @param patience the least delay after an outcome that nobody knows
 */
public record Rules(
    ReplyClassifier classifier,
    Function<Fallthrough.Case, Disposition> fallthrough,
    RetryPolicy retry,
    HoldRule holds,
    TlsDemand tls,
    Duration patience) {

  /** When a delivery expires. */
  Instant expiryOf(Delivery delivery) {
    return delivery.queuedAt().plus(retry.toward(delivery.destination()).expiry());
  }
}
