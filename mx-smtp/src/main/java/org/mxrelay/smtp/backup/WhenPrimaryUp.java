package org.mxrelay.smtp.backup;

/** What becomes of clients who come to the backup although the primary is up. */
public enum WhenPrimaryUp {
  /** They are served like any other. */
  ACCEPT,
  /**
   * 451, until the same client network, sender and recipient has come back after a while. Real
   * senders go to the primary; those who aim at backups, because they hope for weaker filters, do
   * not.
   */
  DEFER
}
