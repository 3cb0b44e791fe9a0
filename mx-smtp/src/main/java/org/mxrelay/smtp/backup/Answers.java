package org.mxrelay.smtp.backup;

import org.mxrelay.reply.Reply;

/** What a backup says for itself. Constants and pure functions. */
final class Answers {

  static final Reply SENDER_OK = Reply.of(250, "2.1.0 Ok");
  static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5 Ok");
  static final Reply NOT_OURS =
      Reply.of(550, "5.7.1 Relaying denied: this is no exchange of that domain");
  static final Reply NO_MAIL = Reply.of(503, "5.5.1 MAIL first");
  static final Reply NO_RECIPIENT = Reply.of(503, "5.5.1 No valid recipient");
  // RFC 5321, 4.5.3.1.10: the client sends the others in a transaction of their own.
  static final Reply OTHER_PRIMARY =
      Reply.of(452, "4.5.3 Too many recipients: send other domains in another transaction");
  static final Reply UNKNOWN_NOW =
      Reply.of(450, "4.1.1 Recipient cannot be verified now: the primary exchange is down");
  static final Reply MISSING = Reply.of(550, "5.1.1 No such mailbox");
  static final Reply USE_THE_PRIMARY =
      Reply.of(451, "4.7.1 The primary exchange is up: please deliver there");
  static final Reply UNCERTAIN =
      Reply.of(451, "4.4.2 The primary exchange did not answer; please try again");
  static final Reply FILTER_FAILED =
      Reply.of(451, "4.3.0 The message cannot be checked now; please try again");
  static final Reply STORE_FAILED =
      Reply.of(451, "4.3.0 The message cannot be stored now; please try again");
  static final Reply UNREADABLE =
      Reply.of(451, "4.3.0 The message cannot be read; please try again");
  // RFC 5321, 6.3
  static final Reply LOOP = Reply.of(554, "5.4.6 Too many Received fields: mail loop");
  static final Reply REPEATED = Reply.of(250, "2.0.0 Ok: taken before");
  static final Reply CLOSED = Reply.of(421, "4.3.2 Service is shutting down");

  private Answers() {}

  static Reply queued(String id) {
    return Reply.of(250, "2.0.0 Ok: queued as " + id);
  }

  /** A refusal as the operator wants clients to hear it. */
  static Reply told(Reply refusal, RefusalAnswer how) {
    if (how == RefusalAnswer.MIRROR || !refusal.isPermanent()) {
      return refusal;
    }
    return Reply.of(451, "4.3.0 Not taken by this backup, try the primary: " + refusal.text());
  }
}
