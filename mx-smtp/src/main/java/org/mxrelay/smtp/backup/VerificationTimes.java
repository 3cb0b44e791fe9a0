package org.mxrelay.smtp.backup;

import java.time.Duration;

/**
 * How long it is remembered what the primary said of a recipient.
 *
 * <p>Immutable.
 *
 * @param positiveExpiry after which a mailbox is no longer known to exist
 * @param positiveRefresh after which it is asked about again when mail comes for it
 * @param negativeExpiry after which a mailbox is no longer known to be missing
 * @param negativeRefresh after which it is asked about again when mail comes for it
 */
public record VerificationTimes(
    Duration positiveExpiry,
    Duration positiveRefresh,
    Duration negativeExpiry,
    Duration negativeRefresh) {

  /** As Postfix's verify(8): 31 days and 7 days, 3 days and 3 hours. */
  public static final VerificationTimes POSTFIX =
      new VerificationTimes(
          Duration.ofDays(31), Duration.ofDays(7), Duration.ofDays(3), Duration.ofHours(3));

  /**
   * @throws IllegalArgumentException if a time is not positive, or a refresh comes after its expiry
   */
  public VerificationTimes {
    requireOrder("positive", positiveRefresh, positiveExpiry);
    requireOrder("negative", negativeRefresh, negativeExpiry);
  }

  private static void requireOrder(String which, Duration refresh, Duration expiry) {
    if (refresh.isNegative() || refresh.isZero() || refresh.compareTo(expiry) > 0) {
      throw new IllegalArgumentException(which + " refresh and expiry: " + refresh + ", " + expiry);
    }
  }
}
