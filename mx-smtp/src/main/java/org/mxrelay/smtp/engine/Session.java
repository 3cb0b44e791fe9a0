package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.tls.TlsDemand;

/**
 * One transaction with one exchange, when it is over.
 *
 * <p>Immutable.
 *
 * @param tls what TLS it was to have
 */
record Session(
    Route route,
    SessionFacts facts,
    Map<Recipient, Heard> heard,
    Instant at,
    Optional<TlsDemand> tls) {

  /** A session of which nobody knows what TLS it was to have. */
  Session(Route route, SessionFacts facts, Map<Recipient, Heard> heard, Instant at) {
    this(route, facts, heard, at, Optional.empty());
  }

  Map<Mailbox, Diagnostic> diagnostics() {
    Map<Mailbox, Diagnostic> all = new LinkedHashMap<>();
    heard.forEach((recipient, h) -> all.put(recipient.mailbox(), h.diagnostic()));
    return all;
  }
}
