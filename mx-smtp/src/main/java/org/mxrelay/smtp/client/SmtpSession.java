package org.mxrelay.smtp.client;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.CommandWriter.LineForm;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.tls.TlsDemand;

/**
 * An SMTP session one command at a time: one call, one reply, whatever its code. Comes from {@link
 * SmtpTransport#open}; is never pooled.
 *
 * <p>Each call blocks, within the time that the transport's {@link SmtpTimeouts} give its stage. A
 * {@link SessionBrokenException} ends the session, and so does an interrupt before the last byte of
 * a message. The order of the commands is the caller's affair.
 *
 * <p>Confined to one thread.
 */
public final class SmtpSession implements AutoCloseable {

  private final Opening opening;
  private final SmtpConnection connection;
  private final Reply greeting;

  private SmtpSession(Opening opening, SmtpConnection connection, Reply greeting) {
    this.opening = opening;
    this.connection = connection;
    this.greeting = greeting;
  }

  static SmtpSession open(Opening opening, Route route) throws SessionBrokenException {
    SmtpConnection connection = opening.connect(route, TlsDemand.OPPORTUNISTIC);
    return new SmtpSession(opening, connection, connection.read(Stage.GREETING));
  }

  /** What the peer greeted with (RFC 5321, 3.1). */
  public Reply greeting() {
    return greeting;
  }

  /** EHLO (by LMTP: LHLO) with the transport's name; what the reply offers counts from then on. */
  public Reply ehlo() throws SessionBrokenException {
    return opening.ehlo(connection);
  }

  /** HELO with the transport's name; nothing is offered then. */
  public Reply helo() throws SessionBrokenException {
    return opening.helo(connection);
  }

  /**
   * STARTTLS and, where the reply is 220, the handshake as demanded. What was offered before is
   * forgotten: EHLO is due again (RFC 3207, 4.2).
   *
   * @throws SessionBrokenException also if the handshake fails
   */
  public Reply startTls(TlsDemand demand) throws SessionBrokenException {
    return opening.startTls(connection, demand);
  }

  /**
   * XCLIENT, as Postfix has it: tells the peer for whom we speak, so that it judges that client and
   * not us. Names what the peer's offer lists, and nothing else. A 220 begins the session anew:
   * EHLO is due again.
   *
   * @throws IllegalStateException if the peer does not offer it
   */
  public Reply xclient(OriginalClient client) throws SessionBrokenException {
    if (!connection.capabilities().offers("XCLIENT")) {
      throw new IllegalStateException("the peer does not offer XCLIENT");
    }
    String offer = connection.capabilities().parameter("XCLIENT");
    Reply reply = connection.ask(Stage.EHLO, "XCLIENT" + client.attributes(offer));
    if (reply.isPositive()) {
      connection.offered(Capabilities.NONE);
    }
    return reply;
  }

  /** The EHLO keywords that count now, in upper case. */
  public Set<String> extensions() {
    return connection.capabilities().keywords();
  }

  /** The address, the TLS, the extensions, and whether the last byte went out. */
  public SessionFacts facts() {
    return connection.facts();
  }

  /** MAIL without parameters, as for a probe. */
  public Reply mail(ReversePath from) throws SessionBrokenException {
    connection.begin();
    return connection.ask(Stage.MAIL, CommandText.mail(from.toString(), List.of()));
  }

  /**
   * MAIL with those parameters that the message needs and the peer offers.
   *
   * @throws IllegalArgumentException if the message needs SMTPUTF8 and it is not offered
   */
  public Reply mail(Envelope envelope, MessageFacts facts) throws SessionBrokenException {
    connection.begin();
    if (connection.capabilities().offers("SMTPUTF8") && MailParameters.needsUtf8(envelope)) {
      connection.form(LineForm.UTF8);
    }
    return connection.ask(
        Stage.MAIL,
        CommandText.mail(
            envelope.reversePath().toString(),
            MailParameters.ofMail(envelope, facts, connection.capabilities())));
  }

  /**
   * RCPT.
   *
   * @throws IllegalArgumentException if the address needs SMTPUTF8 and MAIL did not ask for it
   */
  public Reply rcpt(Recipient recipient) throws SessionBrokenException {
    return connection.ask(
        Stage.RCPT,
        CommandText.rcpt(
            recipient.mailbox().toString(),
            MailParameters.ofRcpt(recipient, connection.capabilities(), connection.form())));
  }

  /**
   * AUTH, as the smart host's options say; nothing where they name nobody, or the route is not a
   * static one.
   *
   * @return the reply that ended it
   * @throws SessionBrokenException also if there is no TLS and it may not be said without, there is
   *     no mechanism in common, or the peer is not who knows the secret
   */
  public Optional<Reply> auth() throws SessionBrokenException {
    return opening.authenticate(connection);
  }

  /** DATA. The message may be sent after a 354 only. */
  public Reply data() throws SessionBrokenException {
    return connection.ask(Stage.DATA, "DATA");
  }

  /**
   * The message after a 354, and the final dot; dots are stuffed and line ends made CRLF.
   *
   * @return the reply to the dot, by LMTP that of the first recipient who was accepted; or a
   *     refusal that came earlier, which ends the session
   */
  public Reply body(MessageSource message, LastByteGate gate) throws SessionBrokenException {
    return sender(gate).data(message).reply();
  }

  /**
   * The whole message as the last chunk (RFC 3030, 2), in place of DATA.
   *
   * @param facts of that message; its wire size is what BDAT announces
   */
  public Reply bdat(MessageSource message, MessageFacts facts, LastByteGate gate)
      throws SessionBrokenException {
    return sender(gate).chunk(message, facts.wireSize()).reply();
  }

  /** By LMTP, the reply of the next recipient who was accepted (RFC 2033, 4.2). */
  public Reply furtherReply() throws SessionBrokenException {
    return connection.read(Stage.END_OF_DATA);
  }

  public Reply rset() throws SessionBrokenException {
    return connection.ask(Stage.MAIL, "RSET");
  }

  public Reply noop() throws SessionBrokenException {
    return connection.ask(Stage.MAIL, "NOOP");
  }

  /** Says QUIT and closes the connection without waiting for the answer. */
  public void quit() {
    connection.quit();
  }

  /** As {@link #quit}. */
  @Override
  public void close() {
    quit();
  }

  private BodySender sender(LastByteGate gate) {
    return new BodySender(connection, gate, new BodyBlocks.Space());
  }

  /** The certificates that the peer showed, its own first; none without TLS. */
  public List<X509Certificate> certificates() {
    return connection.wire().tls().map(TlsClient::certificates).orElseGet(List::of);
  }

  /** What TLS it has, if any. */
  public Optional<SessionFacts.TlsFacts> tls() {
    return connection.tls();
  }
}
