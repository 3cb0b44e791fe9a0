package org.mxrelay.smtp.backup;

/** Whether the reverse-path of a message is known to be its sender's. */
public enum SenderTrust {
  /** SPF or an aligned DKIM signature says so: a report would reach whom it should. */
  VOUCHED,
  /** Nobody says so: a report might go to somebody who never wrote anything (RFC 5321, 6.2). */
  UNKNOWN
}
