package org.mxrelay.smtp.backup;

/** What becomes of recipients of whom nothing is known while the primary cannot be asked. */
public enum UnknownRecipients {
  /** 450: the sender keeps the message. */
  DEFER,
  /** Taken: what does not exist will be held, and reported to nobody. */
  ACCEPT
}
