package org.mxrelay.smtp.queue.jdbc;

/**
 * A destination's line: when it wants its turn. So that a claim finds those that are due without
 * looking at what waits in them. Confined to a transaction.
 */
final class DestinationRow {

  /** Nothing waits. */
  static final long NEVER = Long.MAX_VALUE;

  final long id;
  final String name;
  private long nextDue;
  private long turn;
  private long notBefore;
  private boolean changed;

  DestinationRow(long id, String name, long nextDue, long turn, long notBefore) {
    this.id = id;
    this.name = name;
    this.nextDue = nextDue;
    this.turn = turn;
    this.notBefore = notBefore;
  }

  long nextDue() {
    return nextDue;
  }

  long turn() {
    return turn;
  }

  long notBefore() {
    return notBefore;
  }

  boolean isChanged() {
    return changed;
  }

  void written() {
    changed = false;
  }

  /** Something waits that is due then. */
  void offer(long due) {
    await(Math.min(nextDue, Math.max(due, notBefore)));
  }

  /** It had its turn: the next one comes after all lines that wait since before now. */
  void served(long now, long newTurn, long earliestDue) {
    turn = newTurn;
    changed = true;
    nextDue = earliestDue == NEVER ? NEVER : Math.max(now, Math.max(earliestDue, notBefore));
  }

  void postpone(long until, long earliestDue) {
    notBefore = until;
    changed = true;
    nextDue = earliestDue == NEVER ? NEVER : Math.max(until, earliestDue);
  }

  private void await(long newNextDue) {
    changed |= newNextDue != nextDue;
    nextDue = newNextDue;
  }
}
