package org.mxrelay.smtp.backup;

import org.mxrelay.address.Mailbox;

/**
 * Knows which mailboxes there are: a list that the primary exports, a directory.
 *
 * <p>Safe for use by several threads; must not block for longer than a client may be kept waiting.
 * What it throws counts as {@link Knowledge#UNKNOWN}.
 */
@FunctionalInterface
public interface RecipientMap {

  /** Knows nobody. */
  RecipientMap NONE = mailbox -> Knowledge.UNKNOWN;

  /** Whether the mailbox is there. */
  Knowledge lookup(Mailbox mailbox);

  /** What is known of a mailbox. */
  enum Knowledge {
    EXISTS,
    MISSING,
    UNKNOWN
  }
}
