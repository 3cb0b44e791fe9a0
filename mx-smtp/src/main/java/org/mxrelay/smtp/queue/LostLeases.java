package org.mxrelay.smtp.queue;

/**
 * What becomes of a delivery whose owners die: the crash counter is counted at each claim and
 * cleared by settle and release.
 *
 * <p>Immutable. For those who write stores.
 */
public final class LostLeases {

  /** A delivery that was claimed this often and never settled is claimed alone. */
  public static final int ALONE_AFTER = 3;

  private LostLeases() {}

  /**
   * Whether a delivery was claimed alone: lost now, it is held.
   *
   * @param claims how often it was claimed and not settled
   */
  public static boolean isAlone(int claims) {
    return claims > ALONE_AFTER;
  }

  /**
   * Why one waits beside its line, in words; empty if it does not.
   *
   * @param claims how often it was claimed and not settled
   */
  public static String waits(int claims) {
    return claims < ALONE_AFTER
        ? ""
        : "its attempts ended without an answer "
            + claims
            + " times: it is attempted alone, when nothing else is";
  }

  /**
   * Why it is held, in words.
   *
   * @param claims how often it was claimed and not settled
   */
  public static String why(int claims) {
    return "its attempts ended without an answer " + claims + " times, the last time alone";
  }
}
