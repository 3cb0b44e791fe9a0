package org.mxrelay.smtp.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;

/**
 * Hands messages that were made with Jakarta Mail to a relay.
 *
 * <p>Safe for use by several threads, each with messages of its own.
 */
@SuppressWarnings("exports") // Whoever calls this requires the module that is optional for others.
public final class JakartaMail {

  private JakartaMail() {}

  /**
   * Stores a message for delivery. The message is written out before this returns, so that it may
   * be changed afterwards; its Bcc fields are left out. A message that was saved keeps its
   * Message-ID and its bytes.
   *
   * @param envelope decides who gets it; the message's own From, To, Cc and Bcc are not looked at
   * @throws MessagingException if the message cannot be written out
   * @throws org.mxrelay.smtp.queue.QueueException if the store failed
   */
  public static Receipt submit(MxRelay relay, Envelope envelope, MimeMessage message)
      throws MessagingException {
    return relay.submit(envelope, snapshot(message));
  }

  /**
   * A session whose messages go to a relay: {@code session.getTransport()} and {@code
   * Transport.send(message)} submit there, for code that knows Jakarta Mail alone. A message is
   * queued when they return. {@code Transport.send} gives it a new Message-ID each time; {@code
   * sendMessage} keeps the one it has.
   *
   * @param relay stays the caller's to close
   */
  public static Session session(MxRelay relay) {
    return session(relay, new Properties());
  }

  /**
   * The same, with further properties of Jakarta Mail's; {@code mail.mx.from} is the reverse-path
   * of all messages, {@code <>} for the null one, where it is not to be each message's own From.
   */
  public static Session session(MxRelay relay, Properties more) {
    Properties all = new Properties();
    all.putAll(more);
    all.put(MxTransport.RELAY, relay);
    all.setProperty("mail.transport.protocol", "mx");
    // What Transport.send asks for: the protocol of the address's type.
    all.setProperty("mail.transport.protocol.rfc822", "mx");
    Session session = Session.getInstance(all);
    // On the module path nothing else tells of it: a module cannot provide a service that may be
    // absent.
    session.addProvider(new MxProvider());
    return session;
  }

  /**
   * The message's bytes as they are now, as {@link #submit} would send them.
   *
   * @throws MessagingException if the message cannot be written out
   */
  public static MessageSource snapshot(MimeMessage message) throws MessagingException {
    return RawMessage.of(message).source();
  }
}
