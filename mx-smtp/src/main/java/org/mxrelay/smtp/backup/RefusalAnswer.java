package org.mxrelay.smtp.backup;

/** What the client is told where the primary, a filter or what is remembered of both says no. */
public enum RefusalAnswer {
  /** The same. */
  MIRROR,
  /** 450 or 451 in place of a 5yz, so that a sender who tries again goes to the primary. */
  DEFER
}
