package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;

/**
 * Recognizes messages by what a memory knows of the last hours.
 *
 * <p>Safe for use by several threads.
 */
final class StoredDuplicates implements DuplicateFilter {

  private final BackupMemory memory;
  private final Duration window;
  private final InstantSource clock;

  StoredDuplicates(BackupMemory memory, Duration window, InstantSource clock) {
    this.memory = memory;
    this.window = window;
    this.clock = clock;
  }

  @Override
  public Set<Mailbox> taken(MessagePrint message, List<Mailbox> recipients) {
    Instant now = clock.instant();
    return recipients.stream()
        .filter(
            r ->
                memory
                    .find(Topic.MESSAGE, key(message, r))
                    .filter(memo -> now.isBefore(memo.until()))
                    .isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void learn(MessagePrint message, List<Mailbox> recipients) {
    Instant now = clock.instant();
    recipients.forEach(
        r -> memory.put(Topic.MESSAGE, key(message, r), new Memo("", now, now.plus(window))));
  }

  private static String key(MessagePrint message, Mailbox recipient) {
    return Keys.of(
        message.reversePath().toString(),
        message.messageId(),
        message.bodyHash(),
        recipient.toString());
  }
}
