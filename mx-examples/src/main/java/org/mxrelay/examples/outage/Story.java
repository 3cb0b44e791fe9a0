package org.mxrelay.examples.outage;

/**
 * What becomes of a letter. Times are milliseconds of the simulation, -1 for what did not happen.
 *
 * <p>Confined to one thread.
 */
final class Story {

  private final Letter letter;
  private int open;
  private int attempts;
  private int copies;
  private long toldAt = -1;
  private long arrivedAt = -1;
  private End sender = End.NONE;
  private End backup = End.NONE;

  Story(Letter letter) {
    this.letter = letter;
  }

  /** How it ended for one of those who have it. */
  enum End {
    /** It never had it, or has it still. */
    NONE,
    RELAYED,
    BOUNCED,
    EXPIRED
  }

  Letter letter() {
    return letter;
  }

  /** Somebody has it to deliver. */
  void begins() {
    open++;
  }

  /** Its sender is done with it; answers whether everybody is. */
  boolean senderEnds(End how, int tries, long at) {
    sender = how;
    attempts = tries;
    toldAt = at;
    return --open == 0;
  }

  /** The backup is done with it; answers whether everybody is. */
  boolean backupEnds(End how) {
    backup = how;
    return --open == 0;
  }

  /** The primary takes it. */
  void arrives(long at) {
    arrivedAt = copies == 0 ? at : arrivedAt;
    copies++;
  }

  /** Its sender's attempts. */
  int attempts() {
    return attempts;
  }

  /** How many of it are in the mailbox. */
  int copies() {
    return copies;
  }

  boolean hasArrived() {
    return copies > 0;
  }

  /** When the first was there. */
  long arrivedAt() {
    return arrivedAt;
  }

  /** When its sender was done with it. */
  long toldAt() {
    return toldAt;
  }

  /** How it ended for its sender. */
  End sender() {
    return sender;
  }

  /** How it ended for the backup. */
  End backup() {
    return backup;
  }
}
