package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.Set;
import org.mxrelay.address.Mailbox;

/**
 * Recognizes messages that come again although they were taken: the client never got our reply.
 * Messages without a Message-ID are not asked about.
 *
 * <p>Safe for use by several threads. What it throws counts as if nothing were known: better twice
 * than never.
 */
public interface DuplicateFilter {

  /** Recognizes nothing. */
  DuplicateFilter NONE =
      new DuplicateFilter() {
        @Override
        public Set<Mailbox> taken(MessagePrint message, List<Mailbox> recipients) {
          return Set.of();
        }

        @Override
        public void learn(MessagePrint message, List<Mailbox> recipients) {}
      };

  /** Those of the recipients for whom the message was taken already. */
  Set<Mailbox> taken(MessagePrint message, List<Mailbox> recipients);

  /** The message was taken for these: by the primary, or durably by the queue. */
  void learn(MessagePrint message, List<Mailbox> recipients);
}
