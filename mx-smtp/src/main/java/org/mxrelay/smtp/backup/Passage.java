package org.mxrelay.smtp.backup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.Recipient;

/** A transaction of a client's. Confined to the session's thread. */
final class Passage {

  /** How its message will go. */
  enum Way {
    UNDECIDED,
    /** Played to the primary while the client waits. */
    LIVE,
    QUEUE
  }

  private final MailCommand mail;
  private final List<Recipient> accepted = new ArrayList<>();
  private @Nullable Primary primary;
  private @Nullable Reply refusal;
  private Way way = Way.UNDECIDED;

  Passage(MailCommand mail) {
    this.mail = mail;
  }

  MailCommand mail() {
    return mail;
  }

  Way way() {
    return way;
  }

  void go(Way on) {
    way = on;
  }

  /** What the primary said to MAIL, where it was asked late and said no. */
  @Nullable Reply refusal() {
    return refusal;
  }

  void refused(Reply toMail) {
    refusal = toMail;
  }

  /** Whether it has to do with another primary already. */
  boolean excludes(Primary other) {
    return primary != null && primary != other;
  }

  void accept(Recipient recipient, Primary by) {
    accepted.add(recipient);
    primary = by;
  }

  boolean isEmpty() {
    return accepted.isEmpty();
  }

  Envelope envelope() {
    return Envelope.from(mail.reversePath()).to(accepted).with(mail.options());
  }

  List<Mailbox> mailboxes() {
    return accepted.stream().map(Recipient::mailbox).distinct().toList();
  }
}
