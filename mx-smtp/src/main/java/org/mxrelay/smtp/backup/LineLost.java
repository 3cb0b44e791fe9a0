package org.mxrelay.smtp.backup;

/** A session with the primary ended before the answer came. */
final class LineLost extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whether the primary may have taken the message all the same. */
  enum Fate {
    NOT_TAKEN,
    UNCERTAIN
  }

  private final Fate fate;

  LineLost(Fate fate, String why) {
    super(why);
    this.fate = fate;
  }

  Fate fate() {
    return fate;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
