package org.mxrelay.smtp.backup;

import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.queue.Delivery;

/**
 * Says which senders may be told what becomes of their messages.
 *
 * <p>Safe for use by several threads.
 *
 * @param memory knows whose senders were vouched for
 */
record Tellable(BackupMemory memory, Reporting reporting) {

  /** Whether the sender may be, when his message comes in. */
  boolean isTellable(SenderTrust sender) {
    return switch (reporting) {
      case EVERYBODY -> true;
      case NOBODY -> false;
      case VOUCHED -> sender == SenderTrust.VOUCHED;
    };
  }

  /** Whether the sender of a queued message may be. */
  boolean isTellable(Delivery delivery) {
    if (delivery.reversePath().equals(ReversePath.NULL)) {
      return false;
    }
    return switch (reporting) {
      case EVERYBODY -> true;
      case NOBODY -> false;
      case VOUCHED -> memory.find(Topic.SENDER, delivery.submission().value()).isPresent();
    };
  }
}
