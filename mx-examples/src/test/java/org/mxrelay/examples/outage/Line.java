package org.mxrelay.examples.outage;

/**
 * A letter's line in a ledger: how it ended for its sender, when, after how many attempts, and how
 * many copies of it the primary has taken since when.
 */
record Line(int number, Story.End end, int attempts, long endedAt, int copies, long arrivedAt) {

  static Line of(Story story) {
    return new Line(
        story.letter().number(),
        story.sender(),
        story.attempts(),
        story.toldAt(),
        story.copies(),
        story.arrivedAt());
  }

  /** A backlog is released at so many a second, in an order that threads decide. */
  Line toTheMinute() {
    long minutes = arrivedAt < 0 ? -1 : arrivedAt / 60_000 * 60_000;
    return new Line(number, end, attempts, endedAt, copies, minutes);
  }
}
