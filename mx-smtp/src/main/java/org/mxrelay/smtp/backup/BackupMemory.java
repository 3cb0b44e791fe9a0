package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a backup remembers beside its queue: small facts, each with the time at which it may be
 * forgotten. What is lost of them costs a second look or a second copy, never a message.
 *
 * <p>Safe for use by several threads. A store that fails throws {@link
 * org.mxrelay.smtp.queue.QueueException}; whoever asked goes on as if nothing were remembered.
 *
 * <p>{@link MemoryInProcess} forgets with the process, {@link JdbcMemory} does not.
 */
public interface BackupMemory extends AutoCloseable {

  /** What is remembered under a key, even if it could be forgotten by now. */
  Optional<Memo> find(Topic topic, String key);

  /**
   * Remembers in place of what was remembered.
   *
   * @param key 1 to 400 characters
   */
  void put(Topic topic, String key, Memo memo);

  /** Forgets what may be forgotten by now. */
  void sweep(Instant now);

  @Override
  default void close() {}

  /** What it is about. */
  enum Topic {
    /** What the primary said of a mailbox. */
    RECIPIENT,
    /** A client network, sender and recipient that were told to go to the primary. */
    SIGHTING,
    /** A message that was taken for a recipient. */
    MESSAGE,
    /** A queued message whose sender may be told of its failure. */
    SENDER,
    /** A queued message whose sender was told that it is late. */
    NOTICE;

    /** The word in stores. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A fact.
   *
   * <p>Immutable.
   *
   * @param text at most 1,000 characters
   * @param at when it was learnt
   * @param until when it may be forgotten
   */
  record Memo(String text, Instant at, Instant until) {}
}
