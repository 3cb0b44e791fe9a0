package org.mxrelay.smtp.client;

import java.util.List;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/**
 * What the replies to a message say, and to whom: one reply speaks to all by SMTP, each to one by
 * LMTP.
 *
 * <p>Confined to one transaction.
 */
final class MessageAnswers {

  private final SmtpConnection connection;
  private final Ledger ledger;

  MessageAnswers(SmtpConnection connection, Ledger ledger) {
    this.connection = connection;
    this.ledger = ledger;
  }

  /**
   * Notes what the first reply says, and by LMTP reads the others.
   *
   * @param stage the end of data, or the body where the peer said no before it had all
   */
  void hear(Stage stage, Reply first) throws SessionBrokenException {
    List<Recipient> accepted = ledger.accepted();
    if (connection.isLmtp() && stage == Stage.END_OF_DATA && !accepted.isEmpty()) {
      hearEach(accepted, first);
    } else {
      hearForAll(stage, first);
    }
  }

  /**
   * Notes what the reply to a chunk says that went out with its envelope.
   *
   * <p>RFC 2920, 3.1: replies are told apart by their order alone. Where there is one too many, the
   * message's own may be the last of them.
   */
  void hearOfChunk(Reply reply) throws SessionBrokenException {
    Optional<Reply> surplus =
        connection.isLmtp()
            ? Optional.empty()
            : connection.surplus(Stage.END_OF_DATA).filter(r -> r.code() != 421);
    if (surplus.isEmpty()) {
      hear(Stage.END_OF_DATA, reply);
    } else if (surplus.get().isPositive() == reply.isPositive()) {
      connection.kill();
      hear(Stage.END_OF_DATA, reply);
    } else {
      ledger.settleOpen(misplaced(Stage.END_OF_DATA, surplus.get()));
    }
  }

  private void hearForAll(Stage stage, Reply reply) {
    if (reply.isIntermediate()) {
      ledger.settleOpen(misplaced(stage, reply));
    } else if (reply.isPositive()) {
      connection.clean(true);
      ledger.settleOpen(new Answered(reply));
    } else {
      ledger.settleOpen(new Refused(stage, reply));
    }
  }

  // RFC 2033, 4.2: a reply for each recipient who was accepted, in the order of RCPT.
  private void hearEach(List<Recipient> accepted, Reply first) throws SessionBrokenException {
    Reply reply = first;
    for (int i = 0; i < accepted.size(); i++) {
      if (i > 0) {
        reply = connection.read(Stage.END_OF_DATA);
      }
      if (reply.isIntermediate()) {
        ledger.settleOpen(misplaced(Stage.END_OF_DATA, reply));
        return;
      }
      ledger.settle(
          accepted.get(i),
          reply.isPositive() ? new Answered(reply) : new Refused(Stage.END_OF_DATA, reply));
    }
    connection.clean(true);
  }

  private Broken misplaced(Stage stage, Reply reply) {
    connection.kill();
    return new Broken(stage, "out of place: " + reply.printable());
  }
}
