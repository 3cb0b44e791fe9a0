package org.mxrelay.reply;

/** What a reply means for a recipient. */
public enum Verdict {
  /** The exchange took responsibility (2yz). */
  RELAYED,
  /** Not now: hold and try again (4yz). */
  TRANSIENT,
  /** Not ever: tell the sender (5yz). */
  PERMANENT;

  /** The verdict's word in records and on the command line: {@code transient}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
