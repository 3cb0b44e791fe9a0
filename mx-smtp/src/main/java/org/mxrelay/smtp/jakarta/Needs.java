package org.mxrelay.smtp.jakarta;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/**
 * What a transaction needs that Angus, or the peer, may not have. Angus itself asks nothing of the
 * kind: it would cut {@code šdmin@x.example} down to {@code admin@x.example}, which is another
 * mailbox.
 */
final class Needs {

  private Needs() {}

  /** Whether any part of the envelope is beyond ASCII (RFC 6531, 3.4). */
  static boolean utf8(Envelope envelope) {
    return utf8ForAll(envelope)
        || envelope.recipients().stream().anyMatch(r -> r.mailbox().isInternationalized());
  }

  /** What this transport cannot do for anybody, found before it connects. */
  static Optional<Lacking> ofTransport(TlsDemand demand) {
    return demand.dane().isPresent()
        ? lacking(Stage.TLS, "4.7.5", "the route demands DANE, which this transport cannot check")
        : Optional.empty();
  }

  /** Why no recipient can have the message from this peer. */
  static Optional<Lacking> ofMessage(Transaction transaction, Offers peer) {
    long size = transaction.facts().wireSize();
    long limit = peer.sizeLimit().orElse(Long.MAX_VALUE);
    if (size > limit) {
      // RFC 1870, 6.1
      return lacking(
          Stage.MAIL, "5.3.4", "the message has " + size + " octets, the exchange takes " + limit);
    }
    if (utf8ForAll(transaction.envelope()) && !peer.has("SMTPUTF8")) {
      // RFC 6531, 3.5
      return lacking(
          Stage.MAIL, "5.6.7", "the message needs SMTPUTF8, which the exchange does not offer");
    }
    boolean tlsRequired = transaction.envelope().options().tls() == SenderTls.REQUIRED;
    if (tlsRequired && !peer.has("REQUIRETLS")) {
      // RFC 8689, 4.2.1
      return lacking(
          Stage.MAIL, "5.7.30", "the message needs REQUIRETLS, which the exchange does not offer");
    }
    return Optional.empty();
  }

  /** Why this recipient cannot have it from this peer, whatever becomes of the others. */
  static Optional<Lacking> ofRecipient(Recipient recipient, Offers peer) {
    return recipient.mailbox().isInternationalized() && !peer.has("SMTPUTF8")
        ? lacking(
            Stage.RCPT, "5.6.7", "the address needs SMTPUTF8, which the exchange does not offer")
        : Optional.empty();
  }

  private static boolean utf8ForAll(Envelope envelope) {
    return envelope.options().utf8() == HeaderForm.UTF8
        || (envelope.reversePath() instanceof Mailbox m && m.isInternationalized());
  }

  private static Optional<Lacking> lacking(Stage stage, String status, String why) {
    return Optional.of(new Lacking(stage, EnhancedStatusCode.of(status), why));
  }
}
