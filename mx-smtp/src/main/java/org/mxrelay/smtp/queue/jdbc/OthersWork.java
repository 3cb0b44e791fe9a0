package org.mxrelay.smtp.queue.jdbc;

/**
 * Counts what other nodes wrote, by the serial, which every transaction that writes leaves greater
 * than it was. Confined to the writer's leader.
 */
final class OthersWork {

  private long left = -1;
  private long count;

  /** A transaction of ours found this serial. */
  void found(long serial) {
    if (serial != left) {
      count++;
      left = serial;
    }
  }

  /** A transaction of ours leaves this serial. */
  void left(long serial) {
    left = serial;
  }

  long count() {
    return count;
  }
}
