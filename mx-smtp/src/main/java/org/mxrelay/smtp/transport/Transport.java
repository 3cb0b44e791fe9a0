package org.mxrelay.smtp.transport;

/**
 * Makes one attempt at one exchange.
 *
 * <p>Safe for use by several threads. What befalls a session is a result, not an exception; an
 * answer once given to a recipient is in the result whatever befell the session after it (G8).
 */
public interface Transport extends AutoCloseable {

  /**
   * Opens or reuses a session with the route's address and gives it the transaction.
   *
   * @return a result for each recipient of the transaction
   * @throws InterruptedException if the thread was interrupted before the last byte was sent; after
   *     that the attempt ends by its own deadlines
   */
  AttemptResult attempt(Transaction transaction) throws InterruptedException;

  /** Ends idle sessions. Attempts that are under way end by their own deadlines. */
  @Override
  default void close() {}
}
