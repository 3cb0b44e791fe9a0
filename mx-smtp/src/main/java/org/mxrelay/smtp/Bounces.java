package org.mxrelay.smtp;

/** Whether failures are mailed to the sender. The outcome is stored either way. */
public enum Bounces {
  /** A report goes to the reverse-path, unless it is null or the recipient asked for none. */
  TO_SENDER,
  /** No report is made; the application reads the outcomes. */
  NONE
}
