package org.mxrelay.smtp.jakarta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;

/**
 * What was asked and answered in one session, as Angus went through it: the source of every result,
 * since its exceptions forget answers that were given before them.
 *
 * <p>Confined to the thread that makes the attempt.
 */
final class Transcript {

  private final List<Said> said = new ArrayList<>();
  private Stage stage = Stage.GREETING;
  private Offers offers = Offers.NONE;
  private Optional<TlsFacts> tls = Optional.empty();
  private Optional<String> fault = Optional.empty();
  private LastByte lastByte = LastByte.NOT_SENT;

  /** A reply, and where in the session it was given. */
  record Said(Stage stage, Reply reply) {}

  /** Something is asked now, or is under way. */
  void asks(Stage at) {
    stage = at;
  }

  void hears(Reply reply) {
    said.add(new Said(stage, reply));
    if (stage == Stage.EHLO) {
      offers = reply.isPositive() ? Offers.of(reply) : Offers.NONE;
    }
  }

  /** RFC 3207, 4.2: what was offered in the clear counts no more. */
  void secured(TlsFacts by) {
    tls = Optional.of(by);
    offers = Offers.NONE;
  }

  /** Why the session cannot go on, in our words; the first reason stands. */
  void fails(String why) {
    fault = fault.or(() -> Optional.of(why));
  }

  void lastByteGoesOut() {
    lastByte = LastByte.SENT;
  }

  /** Where the session stands. */
  Stage stage() {
    return stage;
  }

  /** What the peer offers now. */
  Offers offers() {
    return offers;
  }

  Optional<TlsFacts> tls() {
    return tls;
  }

  Optional<String> fault() {
    return fault;
  }

  LastByte lastByte() {
    return lastByte;
  }

  /** How many recipients were answered. */
  int rcpts() {
    return (int) said.stream().filter(s -> s.stage() == Stage.RCPT).count();
  }

  /** The reply to the recipient of that number, from 0, if there was one. */
  Optional<Reply> rcpt(int number) {
    return said.stream()
        .filter(s -> s.stage() == Stage.RCPT)
        .map(Said::reply)
        .skip(number)
        .findFirst();
  }

  /** The last reply, if it answers what was asked last. */
  Optional<Said> last() {
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(said.get(said.size() - 1)).filter(s -> s.stage() == stage);
  }
}
