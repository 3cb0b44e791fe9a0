package org.mxrelay.smtp.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.mxrelay.reply.MalformedReplyException;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyLines;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.message.Recipient;

/**
 * Angus, with each command and each reply noted down, and each stage put under a deadline. It is
 * stopped by an exception as soon as the session cannot go on; which one does not matter, since the
 * transcript tells the results.
 *
 * <p>Confined to the thread that makes the attempt.
 */
final class ListeningTransport extends SMTPTransport {

  private final GuardedSocket socket;
  private final Transcript transcript;
  private final SmtpTimeouts timeouts;
  private final ExchangeTls tls;
  private Iterator<Recipient> recipients = List.<Recipient>of().iterator();
  private TlsNeed need = TlsNeed.MAY;

  /** Whether the session may go on in the clear. */
  enum TlsNeed {
    MAY,
    MUST
  }

  ListeningTransport(Session session, URLName url, AngusAttempt attempt) {
    super(session, url, "smtp", false);
    this.socket = attempt.socket();
    this.transcript = attempt.transcript();
    this.timeouts = attempt.timeouts();
    this.tls = attempt.tls();
  }

  /** From now on the session must be encrypted before MAIL. */
  void requireTls() {
    need = TlsNeed.MUST;
  }

  /** The recipients in the order in which Angus will name them. */
  void willName(List<Recipient> inOrder) {
    recipients = inOrder.iterator();
  }

  @Override
  protected boolean ehlo(String name) throws MessagingException {
    boolean taken = super.ehlo(name);
    if (taken) {
      checkTls();
    } else if (transcript.tls().isPresent()) {
      // Angus would go on with what was offered in the clear.
      throw stopped("EHLO was refused under TLS");
    }
    return taken;
  }

  @Override
  protected void helo(String name) throws MessagingException {
    super.helo(name);
    checkTls();
  }

  @Override
  protected void startTLS() throws MessagingException {
    super.startTLS();
    tls.facts().ifPresent(transcript::secured);
  }

  @Override
  protected void sendCommand(String command) throws MessagingException {
    if (command.equals("QUIT")) {
      // Said when the results are told: it begins no stage.
      super.sendCommand(command);
      return;
    }
    Stage stage = stageOf(command);
    begins(stage);
    if (stage == Stage.STARTTLS) {
      socket.readByteByByte();
    } else if (stage == Stage.MAIL) {
      checkTls();
    }
    super.sendCommand(fit(stage == Stage.RCPT ? withParameters(command) : command));
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (code < 0) {
      throw stopped("the exchange closed the connection");
    }
    Reply reply = parsed(getLastServerResponse());
    transcript.hears(reply);
    if (reply.code() == 421) {
      // RFC 5321, 3.8: nobody else will be answered in this session.
      throw stopped("the exchange ended the session");
    }
    return code;
  }

  /** A reply that came before the message was through (RFC 5321, 4.2.5 does not foresee it). */
  void hearEarly() throws IOException {
    try {
      readServerResponse();
    } catch (MessagingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void begins(Stage stage) {
    transcript.asks(stage);
    socket.within(timeouts.at(stage));
  }

  private void checkTls() throws MessagingException {
    if (need == TlsNeed.MAY || transcript.tls().isPresent()) {
      return;
    }
    if (!transcript.offers().has("STARTTLS")) {
      transcript.asks(Stage.STARTTLS);
      throw stopped("the exchange does not offer STARTTLS");
    }
    if (transcript.stage() == Stage.MAIL) {
      throw stopped("TLS is demanded, and the session has none");
    }
  }

  private String withParameters(String rcpt) {
    String parameters = Parameters.ofRcpt(recipients.next(), transcript.offers());
    return parameters.isEmpty() ? rcpt : rcpt + " " + parameters;
  }

  /** What Angus would send as the low byte of each character must not be there. */
  private String fit(String command) throws MessagingException {
    Optional<Integer> unfit =
        command
            .codePoints()
            .filter(c -> c < ' ' || c == 0x7f || (c > 0x7f && !transcript.offers().has("SMTPUTF8")))
            .boxed()
            .findFirst();
    if (unfit.isPresent()) {
      throw stopped(String.format(Locale.ROOT, "character in a command: U+%04X", unfit.get()));
    }
    return command;
  }

  private Reply parsed(String lines) throws MessagingException {
    ReplyLines reader = new ReplyLines();
    try {
      for (String line : lines.split("\n", -1)) {
        Optional<Reply> reply = reader.add(line);
        if (reply.isPresent()) {
          return reply.get();
        }
      }
    } catch (MalformedReplyException e) {
      throw stopped(String.valueOf(e.getMessage()));
    }
    throw stopped("a reply without its last line");
  }

  private MessagingException stopped(String why) {
    transcript.fails(why);
    return new MessagingException(why);
  }

  private Stage stageOf(String command) throws MessagingException {
    String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO" -> Stage.EHLO;
      case "STARTTLS" -> Stage.STARTTLS;
      case "AUTH" -> Stage.AUTH;
      case "MAIL" -> Stage.MAIL;
      case "RCPT" -> Stage.RCPT;
      case "DATA" -> Stage.DATA;
      case "." -> Stage.END_OF_DATA;
      // After a refusal: the connection is not used again, so there is nothing to be reset.
      case "RSET" -> throw new MessagingException("the session is over");
      default -> transcript.stage();
    };
  }
}
