package org.mxrelay.smtp.engine;

import org.mxrelay.smtp.queue.Delivery;
import org.slf4j.MDC;

/**
 * Puts a delivery's ids beside every line that is logged while a thread works on it, be it by us, a
 * transport or a policy of the caller's. No addresses: who may be named in logs is the caller's
 * choice.
 *
 * <p>Of the thread that calls, each its own.
 */
final class LogContext {

  static final String SUBMISSION = "mx.submission";
  static final String DELIVERY = "mx.delivery";
  static final String ATTEMPT = "mx.attempt";

  private LogContext() {}

  static void begin(Delivery delivery) {
    MDC.put(SUBMISSION, delivery.submission().value());
    MDC.put(DELIVERY, Long.toString(delivery.id()));
    MDC.put(ATTEMPT, Integer.toString(delivery.attempts() + 1));
  }

  static void end() {
    MDC.remove(SUBMISSION);
    MDC.remove(DELIVERY);
    MDC.remove(ATTEMPT);
  }
}
