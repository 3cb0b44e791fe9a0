package org.mxrelay.examples.proof;

/**
 * What befell a process. Times are those of {@link System#nanoTime}, which the processes of a
 * machine share.
 *
 * <p>Immutable.
 *
 * @param name by which it says EHLO
 * @param from when it was started
 * @param to when it was gone
 * @param mishaps how often it, its lease or its store was lost
 * @param stopped whether it was stopped beyond its leases: it may send a message's last byte after
 *     another node has settled it, if it was stopped right before
 */
record Life(String name, long from, long to, int mishaps, boolean stopped) {

  /** Whether what the sink got then was on its way when the process died. */
  boolean isDeadAt(long nanos) {
    return nanos > to;
  }
}
