package org.mxrelay.smtp.backup;

/** The DNS does not say that we are a backup of a domain: nothing was started. */
public final class NotABackupException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  NotABackupException(String why) {
    super(why);
  }
}
