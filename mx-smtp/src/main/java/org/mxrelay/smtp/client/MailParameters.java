package org.mxrelay.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

  static List<String> ofMail(Envelope envelope, MessageFacts facts, Capabilities peer) {
    List<String> all = new ArrayList<>(4);
    if (peer.offers("SIZE")) {
      // RFC 1870, 6: the octets on the wire, without those that stuffing adds.
      all.add("SIZE=" + facts.wireSize());
    }
    if (peer.offers("8BITMIME") && facts.content() == MessageFacts.Content.EIGHT_BIT) {
      // RFC 6152, 2
      all.add("BODY=8BITMIME");
    }
    if (peer.offers("SMTPUTF8") && needsUtf8(envelope)) {
      // RFC 6531, 3.4: only where it is needed, since not every next hop has it.
      all.add("SMTPUTF8");
    }
    if (requiresTls(envelope, peer)) {
      // RFC 8689, 3
      all.add("REQUIRETLS");
    }
    addWishes(envelope.options(), peer, all);
    return all;
  }

  private static void addWishes(EnvelopeOptions options, Capabilities peer, List<String> all) {
    if (peer.offers("DSN")) {
      // RFC 3461, 4.3 and 4.4
      options.ret().ifPresent(r -> all.add("RET=" + r.name()));
      options.envid().flatMap(Xtext::encode).ifPresent(e -> all.add("ENVID=" + e));
    }
    if (peer.offers("MT-PRIORITY")) {
      // RFC 6710, 4.1: where the peer knows no priorities, it is not told of one.
      options.priority().ifPresent(p -> all.add("MT-PRIORITY=" + p));
    }
  }

  static List<String> ofRcpt(Recipient recipient, Capabilities peer, CommandWriter.LineForm form) {
    if (!peer.offers("DSN")) {
      return List.of();
    }
    // RFC 3461, 4.1 and 4.2
    List<String> all = new ArrayList<>(2);
    if (!recipient.notifyOn().isEmpty()) {
      all.add("NOTIFY=" + notify(recipient));
    }
    recipient.originalRecipient().ifPresent(o -> all.add("ORCPT=" + Xtext.typedAddress(o, form)));
    return all;
  }

  /** RFC 8689, 5: a report does without where it must; anything else had better be refused. */
  private static boolean requiresTls(Envelope envelope, Capabilities peer) {
    return envelope.options().tls() == EnvelopeOptions.SenderTls.REQUIRED
        && (peer.offers("REQUIRETLS") || envelope.reversePath() instanceof Mailbox);
  }

  static boolean needsUtf8(Envelope envelope) {
    return envelope.options().utf8() == EnvelopeOptions.HeaderForm.UTF8
        || isInternationalized(envelope.reversePath())
        || isAnyInternationalized(envelope.recipients());
  }

  private static boolean isAnyInternationalized(List<Recipient> recipients) {
    for (Recipient recipient : recipients) {
      if (recipient.mailbox().isInternationalized()) {
        return true;
      }
    }
    return false;
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
}
