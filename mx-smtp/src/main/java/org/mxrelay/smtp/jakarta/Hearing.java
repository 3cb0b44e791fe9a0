package org.mxrelay.smtp.jakarta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.jakarta.Transcript.Said;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/**
 * Tells from a transcript what each recipient was told. An answer that was given to one stands,
 * whatever befell the session or another recipient after it (G8).
 *
 * <p>Pure.
 */
final class Hearing {

  private final Transcript transcript;
  private final RecipientResult ending;

  /**
   * @param cause why the session ended, where no reply says it
   */
  Hearing(Transcript transcript, String cause) {
    this.transcript = transcript;
    this.ending = ending(cause);
  }

  /** The result of everybody, where nobody came to be named. */
  RecipientResult ofAll() {
    return ending;
  }

  /** The results of those who were to be named, in the order in which they were. */
  Map<Recipient, RecipientResult> results(List<Recipient> named) {
    Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
    boolean accepted = false;
    for (int i = 0; i < named.size(); i++) {
      Optional<Reply> reply = transcript.rcpt(i);
      results.put(named.get(i), reply.isPresent() ? ofRecipient(reply.get(), accepted) : ending);
      accepted |= reply.filter(Reply::isPositive).isPresent();
    }
    return results;
  }

  private RecipientResult ofRecipient(Reply reply, boolean anotherAccepted) {
    if (reply.isPositive()) {
      // RFC 5321, 4.2.1: the first digit counts; 251 and 252 take the recipient like 250.
      return ending;
    } else if (reply.isIntermediate()) {
      return new Broken(Stage.RCPT, "out of place: " + reply.printable());
    } else if (anotherAccepted && NextTransaction.isMeantBy(reply)) {
      return new NextTransaction(reply);
    }
    return new Refused(Stage.RCPT, reply);
  }

  /** What is true of all who were not refused by name. */
  private RecipientResult ending(String cause) {
    Optional<Said> last = transcript.last();
    if (last.isEmpty() || (transcript.fault().isPresent() && last.get().reply().code() != 421)) {
      return new Broken(transcript.stage(), transcript.fault().orElse(cause));
    }
    return ended(last.get(), cause);
  }

  private static RecipientResult ended(Said last, String cause) {
    Reply reply = last.reply();
    if (reply.code() == 421) {
      return new Refused(last.stage(), reply);
    }
    Broken broken = new Broken(last.stage(), cause);
    return switch (last.stage()) {
      case END_OF_DATA -> reply.isPositive() ? new Answered(reply) : refused(last).orElse(broken);
      // Refusals of STARTTLS speak of the exchange's TLS, those of RCPT of one recipient.
      case STARTTLS, RCPT -> broken;
      default -> refused(last).orElse(broken);
    };
  }

  private static Optional<RecipientResult> refused(Said last) {
    Reply reply = last.reply();
    return Optional.of((RecipientResult) new Refused(last.stage(), reply))
        .filter(r -> reply.isTransient() || reply.isPermanent());
  }
}
