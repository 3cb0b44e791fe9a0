package org.mxrelay.smtp.backup;

/** How much of a transaction is played to the primary while it answers. */
public enum CutThrough {
  /**
   * All of it: the primary takes or refuses the message itself, in its words, and nothing is
   * queued.
   */
  MESSAGE,
  /** MAIL and RCPT: the primary's word on the recipients; the message is queued. */
  ENVELOPE,
  /** None: recipients are verified by probes, whose results are remembered. */
  OFF
}
