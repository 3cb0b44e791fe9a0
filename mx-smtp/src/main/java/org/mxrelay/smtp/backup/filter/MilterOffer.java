package org.mxrelay.smtp.backup.filter;

import java.nio.ByteBuffer;

/**
 * What both sides agreed on: what the milter may change, and what it does not want to see or to
 * answer.
 *
 * <p>Immutable.
 *
 * @param version the milter's version of the protocol
 * @param actions what it may ask for at the end of the message
 * @param protocol what it leaves out
 */
record MilterOffer(int version, int actions, int protocol) {

  /** The version of Sendmail 8.14 and later, and of Postfix. */
  private static final int VERSION = 6;

  /** The oldest in which steps can be left out. */
  private static final int OLDEST = 2;

  /** Fields are added at the top; the rest of a message is never changed, or its DKIM breaks. */
  private static final int ADD_HEADERS = 0x01;

  // What a milter may leave out, and what it may leave unanswered.
  private static final int ALL_STEPS = 0x1fffff & ~0x100000;
  private static final int SKIP_ALLOWED = 0x400;

  /** The steps, each with the bit that leaves it out and the bit that leaves it unanswered. */
  enum Step {
    CONNECT(0x01, 0x1000),
    HELO(0x02, 0x2000),
    MAIL(0x04, 0x4000),
    RCPT(0x08, 0x8000),
    DATA(0x200, 0x10000),
    HEADER(0x20, 0x80),
    END_OF_HEADER(0x40, 0x40000),
    BODY(0x10, 0x80000);

    private final int omitted;
    private final int unanswered;

    Step(int omitted, int unanswered) {
      this.omitted = omitted;
      this.unanswered = unanswered;
    }
  }

  /** What we offer. */
  static MilterPacket ours() {
    ByteBuffer data = ByteBuffer.allocate(12);
    data.putInt(VERSION).putInt(ADD_HEADERS).putInt(ALL_STEPS);
    return new MilterPacket(MilterPacket.NEGOTIATE, data.array());
  }

  /**
   * What the milter makes of it.
   *
   * @throws MilterException if it is not an answer, or speaks another version
   */
  static MilterOffer read(MilterPacket answer) throws MilterException {
    if (answer.code() != MilterPacket.NEGOTIATE || answer.data().length < 12) {
      throw new MilterException("no negotiation: " + answer.code());
    }
    ByteBuffer data = ByteBuffer.wrap(answer.data());
    MilterOffer offer = new MilterOffer(data.getInt(), data.getInt(), data.getInt());
    if (offer.version < OLDEST || offer.version > VERSION) {
      throw new MilterException("speaks version " + offer.version + " of the protocol");
    }
    return offer;
  }

  boolean wants(Step step) {
    return (protocol & step.omitted) == 0;
  }

  boolean answers(Step step) {
    return (protocol & step.unanswered) == 0;
  }

  /** Whether it may say that it has seen enough of the body. */
  boolean maySkip() {
    return (protocol & SKIP_ALLOWED) != 0;
  }
}
