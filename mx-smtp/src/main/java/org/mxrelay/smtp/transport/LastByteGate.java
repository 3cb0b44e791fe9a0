package org.mxrelay.smtp.transport;

/**
 * Asked right before the last byte of a message goes out, which is the moment from which a message
 * may be relayed twice.
 *
 * <p>Once it has let the last byte of a transaction go, it answers the same for the rest of that
 * transaction.
 *
 * <p>Called by the thread that makes the attempt.
 */
@FunctionalInterface
public interface LastByteGate {

  /** Always open. */
  LastByteGate OPEN = () -> Answer.GO;

  /** Whether the last byte may go out now; must not block. */
  Answer ask();

  /**
   * Called right before a new connection is made, and returns when it may be: a limit on
   * connections holds for those transports that call it. May block.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  default void connecting() throws InterruptedException {}

  /** The answers. */
  enum Answer {
    GO,
    /** The delivery may no longer be ours: the session is broken off before the last byte. */
    STOP
  }
}
