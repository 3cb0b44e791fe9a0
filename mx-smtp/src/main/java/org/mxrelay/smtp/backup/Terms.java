package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.InstantSource;

/**
 * On what terms mail is taken.
 *
 * <p>Immutable.
 *
 * @param helo our name
 * @param maxHold how long a message is held
 * @param stalledAfter how long mail may wait while the primary is up
 */
record Terms(
    String helo,
    CutThrough cutThrough,
    UnknownRecipients unknown,
    VerificationTimes times,
    RefusalAnswer answer,
    WhenPrimaryUp whenUp,
    Duration comeBackAfter,
    Duration maxHold,
    Duration stalledAfter,
    InstantSource clock) {

  static Terms of(BackupMxBuilder with, String helo) {
    return new Terms(
        helo,
        with.cutThrough,
        with.unknown,
        with.times,
        with.answer,
        with.whenUp,
        with.comeBackAfter,
        with.maxHold,
        with.stalledAfter,
        with.clock);
  }
}
