package org.mxrelay.examples.cli;

/** What a command's exit says; the last two are those of sysexits. */
final class ExitCodes {

  /** Done. */
  static final int OK = 0;

  /** Something went wrong that the arguments are not to blame for. */
  static final int ERROR = 1;

  /** The arguments cannot be used. */
  static final int USAGE = 2;

  /** A message was bounced or expired. Wins over {@link #STILL_QUEUED}. */
  static final int FAILED_MAIL = 65;

  /** A message is still queued. */
  static final int STILL_QUEUED = 75;

  private ExitCodes() {}

  /** The exit of a command that delivered. */
  static int ofDelivery(boolean anyFailed, boolean anyQueued) {
    if (anyFailed) {
      return FAILED_MAIL;
    }
    return anyQueued ? STILL_QUEUED : OK;
  }
}
