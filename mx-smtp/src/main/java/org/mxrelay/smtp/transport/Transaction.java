package org.mxrelay.smtp.transport;

import java.util.List;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.tls.TlsDemand;

/**
 * What an attempt is given.
 *
 * <p>Immutable as far as its message is.
 *
 * @param route where to; the connection is made to its address and no other
 * @param tls what TLS the session must have
 * @param envelope from whom, to which open recipients
 * @param message the bytes
 * @param facts about those bytes
 * @param gate asked right before the last byte goes out
 */
public record Transaction(
    Route route,
    TlsDemand tls,
    Envelope envelope,
    MessageSource message,
    MessageFacts facts,
    LastByteGate gate) {

  /** The same transaction for these of its recipients. */
  public Transaction to(List<Recipient> recipients) {
    return new Transaction(route, tls, envelope.to(recipients), message, facts, gate);
  }
}
