package org.mxrelay.routing;

/** What becomes of a recipient after one route answered or failed. Decided by Fallthrough alone. */
public enum Disposition {
  /** Relayed; nothing more to do. */
  DONE,
  /** Into the next transaction on the same connection. */
  NEXT_TRANSACTION,
  /** On to the next route of this attempt that is allowed. */
  NEXT_ROUTE,
  /** No other route now; wait for the next attempt. */
  NEXT_ATTEMPT,
  /** Refused for good. */
  FINAL
}
