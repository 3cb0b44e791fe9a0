package org.mxrelay.smtp.client;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/**
 * What a peer is sure to refuse, or must not be given, as its reply to EHLO tells: found before
 * anything is asked.
 */
final class Preflight {

  private Preflight() {}

  /** Why no recipient can have the message here. */
  static Optional<Lacking> ofMessage(Envelope envelope, MessageFacts facts, Capabilities peer) {
    long limit = peer.sizeLimit().orElse(Long.MAX_VALUE);
    if (facts.wireSize() > limit) {
      // RFC 1870, 6.1
      return lacking(
          Stage.MAIL,
          "5.3.4",
          "the message has " + facts.wireSize() + " octets, the exchange takes " + limit);
    }
    EnvelopeOptions options = envelope.options();
    boolean utf8 =
        options.utf8() == EnvelopeOptions.HeaderForm.UTF8
            || MailParameters.isInternationalized(envelope.reversePath());
    if (utf8 && !peer.offers("SMTPUTF8")) {
      // RFC 6531, 3.5
      return lacking(
          Stage.MAIL, "5.6.7", "the message needs SMTPUTF8, which the exchange does not offer");
    }
    // RFC 8689, 5: a report goes its way even where the keyword is not offered.
    boolean tlsRequired =
        options.tls() == EnvelopeOptions.SenderTls.REQUIRED
            && envelope.reversePath() instanceof Mailbox;
    if (tlsRequired && !peer.offers("REQUIRETLS")) {
      // RFC 8689, 4.2.1
      return lacking(
          Stage.MAIL, "5.7.30", "the message needs REQUIRETLS, which the exchange does not offer");
    }
    return Optional.empty();
  }

  /** Why this recipient cannot have the message here, whatever becomes of the others. */
  static Optional<Lacking> ofRecipient(Recipient recipient, Capabilities peer) {
    return recipient.mailbox().isInternationalized() && !peer.offers("SMTPUTF8")
        ? lacking(
            Stage.RCPT, "5.6.7", "the address needs SMTPUTF8, which the exchange does not offer")
        : Optional.empty();
  }

  /** An address that has no place in a command. The reply is ours, and its text says so. */
  static Refused unfit(Stage stage, IllegalArgumentException why) {
    String status = stage == Stage.MAIL ? "5.1.7" : "5.1.3";
    String text = status + " " + why.getMessage() + " (found by the client; nothing was sent)";
    return new Refused(stage, Reply.of(553, text));
  }

  /** The answer of whom the peer's own limits leave to the next transaction. */
  static NextTransaction noRoom() {
    String text =
        "4.5.3 the exchange takes no more at once (found by the client; nothing was sent)";
    return new NextTransaction(Reply.of(452, text));
  }

  private static Optional<Lacking> lacking(Stage stage, String status, String why) {
    return Optional.of(new Lacking(stage, EnhancedStatusCode.of(status), why));
  }
}
