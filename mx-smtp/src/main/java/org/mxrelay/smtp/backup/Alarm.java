package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that a person has to know of now.
 *
 * <p>Immutable.
 *
 * @param kind what
 * @param since when it began
 * @param why in words, one printable line; quotes the primary where it said something
 */
public record Alarm(Kind kind, Instant since, String why) {

  /** What alarms there are. */
  public enum Kind {
    /** The primary is up and mail waits, but nothing is forwarded. */
    STALLED,
    /** The oldest message has been held for more than half of the longest time. */
    HOLD_HALF_OVER,
    /** The primary refused what had been accepted for it; the message is kept for a person. */
    REFUSED_AFTER_ALL,
    /** A message was held for as long as it may be, and is kept for a person. */
    HOLD_OVER,
    /** A message could not be stored; clients are asked to come back. */
    STORE_FAILED,
    /** A content filter cannot be asked; clients are asked to come back. */
    FILTER_FAILED,
    /** The DNS says that we are no backup any more: nowhere to forward to. */
    NOT_A_BACKUP;

    /** The word in records and on pages: {@code hold-half-over}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the backup itself fails at its task, rather than the primary. */
    public boolean isOurs() {
      return switch (this) {
        case STALLED, STORE_FAILED, FILTER_FAILED, NOT_A_BACKUP -> true;
        case HOLD_HALF_OVER, REFUSED_AFTER_ALL, HOLD_OVER -> false;
      };
    }
  }
}
