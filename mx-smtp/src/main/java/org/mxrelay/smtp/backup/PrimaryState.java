package org.mxrelay.smtp.backup;

import java.util.Locale;

/** Whether a primary can be reached. */
public enum PrimaryState {
  /** It answered EHLO when it was last asked. */
  UP,
  /** It did not. */
  DOWN,
  /** It was not asked yet. */
  UNKNOWN;

  /** The word in records and on pages: {@code up}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
