package org.mxrelay.smtp.message;

/** When the sender wants to hear of a recipient (RFC 3461, 4.1). */
public enum Notify {
  SUCCESS,
  FAILURE,
  DELAY,
  /** Never, not even of failure; stands alone. */
  NEVER
}
