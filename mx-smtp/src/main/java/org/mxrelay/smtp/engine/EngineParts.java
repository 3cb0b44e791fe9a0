package org.mxrelay.smtp.engine;

import java.util.concurrent.ThreadFactory;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.tls.TlsPolicy;

/**
 * What an engine is made of.
 *
 * @param queue where deliveries are claimed and settled; attached by {@link Engine#start}
 * @param router says where they go
 * @param tls says what TLS the destinations want
 * @param transport makes the sessions
 * @param rules the deciders
 * @param limits how much at once
 * @param times time and chance
 * @param mailing what senders are mailed
 * @param listener hears what happens; must not throw
 * @param threads makes the engine's threads
 */
public record EngineParts(
    DeliveryQueue queue,
    Router router,
    TlsPolicy tls,
    Transport transport,
    Rules rules,
    Limits limits,
    Times times,
    Mailing mailing,
    RelayListener listener,
    ThreadFactory threads) {

  Reports reports() {
    return new Reports(mailing, rules.retry(), queue, new IdSource(times.wall(), times.random()));
  }
}
