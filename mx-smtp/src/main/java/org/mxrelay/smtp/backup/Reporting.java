package org.mxrelay.smtp.backup;

/** Which senders are told of a failure. The messages of the others are kept for a person. */
public enum Reporting {
  /** Those whom the {@link ContentFilter} vouched for. */
  VOUCHED,
  /** All of them, the operator's risk of writing to strangers (RFC 5321, 6.2). */
  EVERYBODY,
  /** None. */
  NOBODY
}
