package org.mxrelay.smtp.client;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;

/** What MAIL and RCPT say beside the path: only what the peer offers, and only where needed. */
final class MailParameters {

  private MailParameters() {}

  static Stream<String> ofMail(Envelope envelope, MessageFacts facts, Capabilities peer) {
    EnvelopeOptions options = envelope.options();
    boolean dsn = peer.offers("DSN");
    return Stream.of(
            // RFC 1870, 6: the octets on the wire, without those that stuffing adds.
            when(peer.offers("SIZE"), "SIZE=" + facts.wireSize()),
            // RFC 6152, 2
            when(
                peer.offers("8BITMIME") && facts.content() == MessageFacts.Content.EIGHT_BIT,
                "BODY=8BITMIME"),
            // RFC 6531, 3.4: only where it is needed, since not every next hop has it.
            when(peer.offers("SMTPUTF8") && needsUtf8(envelope), "SMTPUTF8"),
            // RFC 8689, 3
            when(requiresTls(envelope, peer), "REQUIRETLS"),
            // RFC 3461, 4.3 and 4.4
            options.ret().filter(r -> dsn).map(r -> "RET=" + r.name()),
            options.envid().filter(e -> dsn).flatMap(Xtext::encode).map(e -> "ENVID=" + e),
            // RFC 6710, 4.1: where the peer knows no priorities, it is not told of one.
            options.priority().filter(p -> peer.offers("MT-PRIORITY")).map(p -> "MT-PRIORITY=" + p))
        .flatMap(Optional::stream);
  }

  static Stream<String> ofRcpt(
      Recipient recipient, Capabilities peer, CommandWriter.LineForm form) {
    if (!peer.offers("DSN")) {
      return Stream.empty();
    }
    // RFC 3461, 4.1 and 4.2
    return Stream.of(
            when(!recipient.notifyOn().isEmpty(), "NOTIFY=" + notify(recipient)),
            recipient.originalRecipient().map(o -> "ORCPT=" + Xtext.typedAddress(o, form)))
        .flatMap(Optional::stream);
  }

  /** RFC 8689, 5: a report does without where it must; anything else had better be refused. */
  private static boolean requiresTls(Envelope envelope, Capabilities peer) {
    return envelope.options().tls() == EnvelopeOptions.SenderTls.REQUIRED
        && (peer.offers("REQUIRETLS") || envelope.reversePath() instanceof Mailbox);
  }

  static boolean needsUtf8(Envelope envelope) {
    return envelope.options().utf8() == EnvelopeOptions.HeaderForm.UTF8
        || isInternationalized(envelope.reversePath())
        || envelope.recipients().stream().anyMatch(r -> r.mailbox().isInternationalized());
  }

  static boolean isInternationalized(ReversePath path) {
    return path instanceof Mailbox m && m.isInternationalized();
  }

  private static String notify(Recipient recipient) {
    return recipient.notifyOn().stream()
        .sorted()
        .map(Notify::name)
        .collect(Collectors.joining(","));
  }

  private static Optional<String> when(boolean needed, String parameter) {
    return needed ? Optional.of(parameter) : Optional.empty();
  }
}
