package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.Optional;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.LineLost.Fate;
import org.mxrelay.smtp.client.SessionBrokenException;
import org.mxrelay.smtp.client.SmtpSession;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

/**
 * A session with a primary that is ready for MAIL.
 *
 * <p>Confined to one thread.
 */
final class Line implements AutoCloseable {

  private final SmtpSession session;
  private final Identity identity;
  private final Optional<Reply> barred;
  private boolean fresh = true;

  /** Whether the primary knows for whom we speak. */
  enum Identity {
    TOLD,
    NOT_OFFERED,
    REFUSED,
    NOT_ASKED
  }

  /**
   * @param barred what the primary said of the client when it heard of it, if that was a refusal
   */
  Line(SmtpSession session, Identity identity, Optional<Reply> barred) {
    this.session = session;
    this.identity = identity;
    this.barred = barred;
  }

  Identity identity() {
    return identity;
  }

  /** Whether nothing was asked of it yet: what breaks an older one says little of the primary. */
  boolean isFresh() {
    return fresh;
  }

  /**
   * MAIL as the client said it, as far as the primary offers what it asks for.
   *
   * @param recipient any of the primary's domain, where the first one is not known yet
   */
  Reply mail(MailCommand mail, Recipient recipient) throws LineLost {
    if (barred.isPresent()) {
      return barred.get();
    }
    Envelope envelope =
        Envelope.from(mail.reversePath()).to(List.of(recipient)).with(mail.options());
    long size = mail.size().orElse(0);
    return ask(() -> session.mail(envelope, new MessageFacts(size, size, mail.body())));
  }

  Reply mail(ReversePath from) throws LineLost {
    return ask(() -> session.mail(from));
  }

  Reply rcpt(Recipient recipient) throws LineLost {
    return ask(() -> session.rcpt(recipient));
  }

  void reset() throws LineLost {
    ask(session::rset);
  }

  /** The message; what comes back is the primary's word on it. */
  Reply message(MessageSource message) throws LineLost {
    Reply data = ask(session::data);
    if (!data.isIntermediate()) {
      return notTaken(data);
    }
    return answered(ask(() -> session.body(message, LastByteGate.OPEN)));
  }

  @Override
  public void close() {
    session.quit();
  }

  private Reply notTaken(Reply reply) throws LineLost {
    if (reply.isPositive()) {
      throw new LineLost(Fate.NOT_TAKEN, "out of place: " + reply.printable());
    }
    return reply;
  }

  private Reply answered(Reply reply) throws LineLost {
    if (reply.isIntermediate()) {
      throw new LineLost(Fate.UNCERTAIN, "out of place: " + reply.printable());
    }
    return reply;
  }

  private Reply ask(Question question) throws LineLost {
    try {
      Reply reply = question.ask();
      fresh = false;
      if (reply.code() == 421) {
        // RFC 5321, 3.8: it is closing; the dot's 421 says that nothing was taken.
        throw new LineLost(Fate.NOT_TAKEN, reply.printable());
      }
      return reply;
    } catch (IllegalArgumentException e) {
      // RFC 6531, 3.2: what the primary cannot read, nobody can hand to it.
      return Reply.of(550, "5.6.7 The primary exchange does not offer SMTPUTF8");
    } catch (SessionBrokenException e) {
      boolean sent = session.facts().lastByte() == LastByte.SENT;
      throw new LineLost(sent ? Fate.UNCERTAIN : Fate.NOT_TAKEN, String.valueOf(e.getMessage()));
    }
  }

  private interface Question {
    Reply ask() throws SessionBrokenException;
  }
}
