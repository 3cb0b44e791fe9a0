package org.mxrelay.smtp.jakarta;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.QueueException;

/**
 * Jakarta Mail's transport {@code mx}: it submits to the relay that its session has, and connects
 * to nobody. Made by Jakarta Mail, in sessions of {@link JakartaMail#session}.
 *
 * <p>When {@code sendMessage} returns, the message is queued; the event {@code messageDelivered}
 * means no more than that. The reverse-path is the property {@code mail.mx.from} ({@code <>} for
 * the null one), else the message's first From. Cc and Bcc are no business of its: the addresses
 * are.
 *
 * <p>Safe for use by several threads, each with messages of its own.
 */
@SuppressWarnings("exports") // Whoever calls this requires the module that is optional for others.
public final class MxTransport extends Transport {

  /** The property of a session whose value is its relay. */
  static final String RELAY = "mail.mx.relay";

  /** The property of a session that names the reverse-path. */
  static final String FROM = "mail.mx.from";

  /** For Jakarta Mail. */
  public MxTransport(Session session, URLName name) {
    super(session, name);
  }

  /** There is nothing to connect to: whatever is given is taken. */
  @Override
  protected boolean protocolConnect(
      @Nullable String host, int port, @Nullable String user, @Nullable String password)
      throws MessagingException {
    relay();
    return true;
  }

  /**
   * Queues a message.
   *
   * @throws SendFailedException if an address is none, which nobody is sent anything for then
   * @throws MessagingException if the session has no relay, or the store failed
   */
  @Override
  public void sendMessage(Message message, Address[] addresses) throws MessagingException {
    if (!(message instanceof MimeMessage mime)) {
      throw new MessagingException("not a MIME message: " + message.getClass().getName());
    }
    Envelope envelope = Envelope.from(reversePath(mime)).to(recipients(addresses));
    try {
      RawMessage raw = RawMessage.of(mime);
      EnvelopeOptions options = EnvelopeOptions.NONE;
      relay()
          .submit(
              envelope.with(raw.hasUtf8Header() ? options.withUtf8(HeaderForm.UTF8) : options),
              raw.source());
    } catch (QueueException e) {
      throw new MessagingException("the message could not be queued", e);
    }
    notifyTransportListeners(
        TransportEvent.MESSAGE_DELIVERED, addresses, new Address[0], new Address[0], message);
  }

  private MxRelay relay() throws MessagingException {
    if (session.getProperties().get(RELAY) instanceof MxRelay relay) {
      return relay;
    }
    throw new MessagingException("no relay in this session; make it by JakartaMail.session(relay)");
  }

  private ReversePath reversePath(MimeMessage message) throws MessagingException {
    String property = session.getProperty(FROM);
    try {
      return ReversePath.parse(property != null ? property : firstFrom(message));
    } catch (InvalidAddressException e) {
      throw new SendFailedException("the sender's address", e);
    }
  }

  private static String firstFrom(MimeMessage message) throws MessagingException {
    Address[] from = message.getFrom();
    if (from == null || from.length == 0) {
      throw new SendFailedException("no sender: the message has no From, the session no " + FROM);
    }
    return addressOf(from[0]);
  }

  private static List<Recipient> recipients(Address[] addresses) throws MessagingException {
    List<Recipient> recipients = new ArrayList<>();
    for (Address address : addresses) {
      try {
        recipients.add(Recipient.of(addressOf(address)));
      } catch (InvalidAddressException e) {
        throw new SendFailedException(
            "a recipient's address", e, new Address[0], addresses, new Address[] {address});
      }
    }
    if (recipients.isEmpty()) {
      throw new SendFailedException("no recipient");
    }
    return recipients;
  }

  private static String addressOf(Address address) {
    return address instanceof InternetAddress internet
        ? String.valueOf(internet.getAddress())
        : address.toString();
  }
}
