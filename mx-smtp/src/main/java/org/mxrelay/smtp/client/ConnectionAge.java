package org.mxrelay.smtp.client;

import java.time.Duration;

/**
 * How old a connection is, how long it was idle and how often it was used, by the monotonic clock:
 * sockets live by no other.
 *
 * <p>Confined to the thread that uses the session, and to the pool's lock between sessions.
 */
final class ConnectionAge {

  private final long opened = System.nanoTime();
  private long answered = opened;
  private int transactions;

  void answered() {
    answered = System.nanoTime();
  }

  void transaction() {
    transactions++;
  }

  int transactions() {
    return transactions;
  }

  boolean answeredWithin(Duration limit) {
    return sinceAnswer() < limit.toNanos();
  }

  boolean openedWithin(Duration limit) {
    return System.nanoTime() - opened < limit.toNanos();
  }

  private long sinceAnswer() {
    return System.nanoTime() - answered;
  }
}
