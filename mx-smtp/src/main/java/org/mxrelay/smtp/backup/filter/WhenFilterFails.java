package org.mxrelay.smtp.backup.filter;

/** What becomes of a message when its filter gives no verdict: it is away, slow, or babbles. */
public enum WhenFilterFails {
  /** The client is asked to come back (451): nothing passes unseen. */
  DEFER,
  /** It passes unseen, and is told of in the log. */
  ACCEPT
}
