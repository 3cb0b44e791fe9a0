package org.mxrelay.examples.outage;

/**
 * A message, with all that chance has to say about it: whatever the setup, it is the same.
 *
 * <p>Immutable.
 *
 * @param number from 0, in the order in which they are sent
 * @param sentAt in milliseconds of the simulation
 * @param nature what it is
 * @param box whose it is
 * @param reply whether the primary's first reply to it arrives
 */
record Letter(
    int number, long sentAt, SenderKind sender, Nature nature, Box box, FirstReply reply) {

  boolean isWanted() {
    return nature == Nature.WANTED;
  }

  /** What it is, and how one may know: by where it comes from, by what is in it. */
  enum Nature {
    WANTED,
    SPAM_BY_ADDRESS,
    SPAM_BY_CONTENT,
    SPAM_BY_BOTH,
    /** No filter knows it. */
    SPAM_UNKNOWN;

    boolean isListed() {
      return this == SPAM_BY_ADDRESS || this == SPAM_BY_BOTH;
    }

    boolean isTelltale() {
      return this == SPAM_BY_CONTENT || this == SPAM_BY_BOTH;
    }
  }

  /** Whose it is. */
  enum Box {
    /** A recipient that a verifying backup has heard of. */
    REMEMBERED,
    /** One that it has not. */
    NEW,
    /** There is no such recipient. */
    NOBODY
  }

  /** Whether the reply to the final dot arrives, the first time that the primary takes it. */
  enum FirstReply {
    ARRIVES,
    /** The message is taken, and its sender does not know (RFC 1047). */
    IS_LOST
  }
}
