package org.mxrelay.smtp.backup;

/** What becomes of a message that was held for as long as it may be. */
public enum AfterMaxHold {
  /** It expires with a report to the sender, if he may be told; else it is kept. */
  REPORT,
  /** It is kept until a person decides. Nothing is ever dropped. */
  KEEP
}
