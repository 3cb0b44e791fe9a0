package org.mxrelay.smtp.queue;

import java.sql.Connection;

/**
 * A queue that takes submissions in the caller's own database transaction: mail is queued if and
 * only if the transaction commits (the "transactional outbox").
 *
 * <p>Safe for use by several threads, each with a connection of its own.
 */
public interface OutboxQueue extends DeliveryQueue {

  /**
   * Writes a submission into the transaction that is under way on a connection to the queue's own
   * database. It is there for {@link #status} and for claims as soon as the caller has committed,
   * and never was if he rolls back. Does not commit, roll back or close anything, and keeps nobody
   * else from writing. An id that is already known is left as it is.
   *
   * @throws IllegalStateException if the connection commits each statement by itself
   * @throws UnsupportedOperationException if the store has no transactions to share
   * @throws QueueException if the store failed; the caller should roll back
   * @throws java.io.UncheckedIOException if the message cannot be read; the caller should roll back
   */
  void add(Connection connection, Submission submission);
}
