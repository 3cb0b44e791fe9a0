package org.mxrelay.examples.proof;

import org.mxrelay.examples.proof.Fate.Mix;

/** Moments at which a process may die: before and after each step of storage and of the network. */
enum KillPoint {
  ATTACH_BEGINS,
  ATTACHED,
  ADD_BEGINS,
  ADDED,
  CLAIM_BEGINS,
  CLAIMED,
  BODY_OPENED,
  ATTEMPT_BEGINS,
  CONNECT_BEGINS,
  CONNECTED,
  GREETED,
  EHLO_SENT,
  MAIL_BEGINS,
  MAIL_SENT,
  RCPT_SENT,
  DATA_SENT,
  BODY_HALF_SENT,
  GATE_ASKED,
  GATE_OPEN,
  LAST_BYTE_SENT,
  REPLY_COMES,
  ATTEMPT_RETURNED,
  SETTLE_BEGINS,
  SETTLED,
  /** Of one that is to be tried again. */
  DEFERRAL_BEGINS,
  DEFERRAL_STORED,
  /** Of one that a report to the sender goes with. */
  BOUNCE_BEGINS,
  BOUNCE_STORED,
  POSTPONE_BEGINS,
  POSTPONED,
  RENEW_BEGINS,
  RENEWED,
  RELEASE_BEGINS,
  RELEASED,
  /** Between the statements of a transaction and its commit; in a database server only. */
  COMMIT_BEGINS,
  COMMITTED;

  /** Whether a queue in a file gets there. */
  boolean isOfFile() {
    return this != COMMIT_BEGINS && this != COMMITTED;
  }

  /** How often it is passed in any case, so that the process may die any of these times. */
  int most() {
    return switch (this) {
      case ATTACH_BEGINS, ATTACHED, RENEW_BEGINS, RENEWED, RELEASE_BEGINS, RELEASED -> 1;
      case POSTPONE_BEGINS, POSTPONED, EHLO_SENT, CONNECT_BEGINS, CONNECTED, GREETED -> 1;
      case BOUNCE_BEGINS, BOUNCE_STORED -> 2;
      case ADD_BEGINS, ADDED, COMMIT_BEGINS, COMMITTED -> 20;
      default -> 8;
    };
  }

  /** Letters whose fates lead there. */
  Mix mix() {
    return switch (this) {
      case RENEW_BEGINS, RENEWED -> Mix.STALLED;
      case RELEASE_BEGINS, RELEASED -> Mix.LATE;
      case POSTPONE_BEGINS, POSTPONED -> Mix.UNREACHED;
      default -> Mix.MIXED;
    };
  }

  /** How many letters each of two threads submits meanwhile. */
  int letters() {
    return mix() == Mix.MIXED ? 50 : 10;
  }

  /** Whether the process gets there only when it is asked to end. */
  boolean isAtTheEnd() {
    return this == RELEASE_BEGINS || this == RELEASED;
  }
}
