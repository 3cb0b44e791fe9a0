package org.mxrelay.smtp.client;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.CommandWriter.LineForm;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.Transaction;

/**
 * The commands of an envelope, rendered before the first one is sent: what cannot be said to this
 * peer is in the ledger then, and disturbs nobody else.
 *
 * <p>Confined to one transaction.
 */
final class EnvelopeLines {

  private final Envelope envelope;
  private final Transaction transaction;
  private final Capabilities peer;
  private final LineForm form;
  private final Ledger ledger;

  EnvelopeLines(Transaction transaction, Capabilities peer, Ledger ledger) {
    this.transaction = transaction;
    this.envelope = transaction.envelope();
    this.peer = peer;
    this.ledger = ledger;
    boolean utf8 = peer.offers("SMTPUTF8") && MailParameters.needsUtf8(envelope);
    this.form = utf8 ? LineForm.UTF8 : LineForm.ASCII;
  }

  /** Which characters the lines have. */
  LineForm form() {
    return form;
  }

  /** RCPT for each recipient who can be named to this peer; the others have their answer. */
  Map<Recipient, String> rcpts() {
    envelope
        .recipients()
        .forEach(r -> Preflight.ofRecipient(r, peer).ifPresent(no -> ledger.settle(r, no)));
    postponeWhomItHasNoRoomFor();
    Map<Recipient, String> lines = new LinkedHashMap<>();
    for (Recipient recipient : ledger.open()) {
      try {
        lines.put(recipient, CommandWriter.checked(rcpt(recipient), form));
      } catch (IllegalArgumentException e) {
        ledger.settle(recipient, Preflight.unfit(Stage.RCPT, e));
      }
    }
    return lines;
  }

  /** RFC 9422, 4: who would be one too many waits for the next transaction. */
  private void postponeWhomItHasNoRoomFor() {
    TransactionLimits limits = peer.limits();
    if (limits.equals(TransactionLimits.NONE)) {
      return;
    }
    List<Recipient> open = ledger.open();
    Set<Recipient> now = new HashSet<>(limits.first(open));
    ledger.postpone(open.stream().filter(r -> !now.contains(r)).toList());
  }

  /** MAIL; nothing if the reverse-path cannot be named, which is the answer for all then. */
  Optional<String> mail() {
    try {
      String line =
          CommandText.mail(
              envelope.reversePath().toString(),
              MailParameters.ofMail(envelope, transaction.facts(), peer));
      return Optional.of(CommandWriter.checked(line, form));
    } catch (IllegalArgumentException e) {
      ledger.settleEverybody(Preflight.unfit(Stage.MAIL, e));
      return Optional.empty();
    }
  }

  private String rcpt(Recipient recipient) {
    return CommandText.rcpt(
        recipient.mailbox().toString(), MailParameters.ofRcpt(recipient, peer, form));
  }
}
