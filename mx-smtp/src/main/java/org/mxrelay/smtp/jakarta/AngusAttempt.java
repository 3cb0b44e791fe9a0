package org.mxrelay.smtp.jakarta;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;

/**
 * One transaction on a connection of its own: the session, the envelope, the message, the end.
 *
 * <p>Confined to the thread that makes the attempt.
 */
final class AngusAttempt {

  private final Transaction transaction;
  private final AngusOptions options;
  private final Transcript transcript = new Transcript();
  private final GuardedSocket socket;
  private final ExchangeTls tls;
  private boolean ready;

  AngusAttempt(Transaction transaction, AngusOptions options, Socket connected) throws IOException {
    this.transaction = transaction;
    this.options = options;
    String name = ExchangeName.of(transaction.route());
    InetAddress named =
        InetAddress.getByAddress(name, transaction.route().address().getAddress().getAddress());
    this.socket = new GuardedSocket(connected, named, options.watchdog());
    socket.altogether(options.timeouts().whole());
    this.tls = ExchangeTls.of(options.verifying(), transaction.tls(), this::beforeHandshake);
  }

  GuardedSocket socket() {
    return socket;
  }

  Transcript transcript() {
    return transcript;
  }

  SmtpTimeouts timeouts() {
    return options.timeouts();
  }

  ExchangeTls tls() {
    return tls;
  }

  AttemptResult run() throws InterruptedException {
    try {
      Session session = SessionProperties.session(options, transaction, tls, socket);
      ListeningTransport angus = new ListeningTransport(session, login(), this);
      Map<Recipient, RecipientResult> results = converse(angus, session);
      if (transcript.lastByte() == LastByte.NOT_SENT
          && Thread.currentThread().isInterrupted()
          && results.values().stream().anyMatch(RecipientResult.Broken.class::isInstance)) {
        Thread.interrupted();
        throw new InterruptedException("interrupted before the last byte");
      }
      return new AttemptResult(facts(), results);
    } finally {
      socket.close();
    }
  }

  private Map<Recipient, RecipientResult> converse(ListeningTransport angus, Session session) {
    List<Recipient> all = transaction.envelope().recipients();
    String cause = "";
    try {
      connect(angus);
      Optional<Lacking> lacking = Needs.ofMessage(transaction, transcript.offers());
      if (lacking.isPresent()) {
        farewell(angus);
        return AttemptResult.forAll(facts(), all, lacking.get()).results();
      }
      send(angus, session);
    } catch (MessagingException | IOException | RuntimeException e) {
      cause = cause(e);
    }
    Map<Recipient, RecipientResult> results = results(cause);
    farewell(angus);
    return results;
  }

  private void connect(ListeningTransport angus) throws MessagingException, IOException {
    if (transaction.tls().isMandatory() || options.user().isPresent()) {
      // A password never goes out in the clear, whatever the route may do without.
      angus.requireTls();
    }
    Socket connection = options.implicitTls() ? secured() : socket;
    angus.begins(Stage.GREETING);
    angus.connect(connection);
    ready = true;
  }

  private SSLSocket secured() throws IOException {
    SSLSocket secure =
        tls.createSocket(socket, ExchangeName.of(transaction.route()), socket.getPort(), true);
    secure.startHandshake();
    tls.facts().ifPresent(transcript::secured);
    return secure;
  }

  private void send(ListeningTransport angus, Session session) throws MessagingException {
    List<Recipient> named = named();
    if (named.isEmpty()) {
      return;
    }
    angus.willName(named);
    List<Address> addresses = new ArrayList<>();
    for (Recipient recipient : named) {
      InternetAddress address = new InternetAddress();
      address.setAddress(recipient.mailbox().toString());
      addresses.add(address);
    }
    Letter letter = new Letter(session, transaction, transcript.offers(), progress(angus));
    angus.sendMessage(letter, addresses.toArray(Address[]::new));
  }

  /** The recipients who can be named to this peer. */
  private List<Recipient> named() {
    return transaction.envelope().recipients().stream()
        .filter(r -> Needs.ofRecipient(r, transcript.offers()).isEmpty())
        .toList();
  }

  private Letter.Progress progress(ListeningTransport angus) {
    return new Letter.Progress() {
      @Override
      public void block() throws IOException {
        angus.begins(Stage.BODY);
        // Under TLS what waits may be a ticket for the next session, and no reply.
        if (transcript.tls().isEmpty() && socket.hasInput()) {
          angus.hearEarly();
          throw new IOException("a reply before the end of the message");
        }
      }

      @Override
      public void end() throws IOException {
        angus.begins(Stage.BODY);
        if (transaction.gate().ask() == LastByteGate.Answer.STOP) {
          throw new IOException("called off right before the last byte");
        }
        if (!socket.uninterruptible() || Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted before the last byte");
        }
        transcript.lastByteGoesOut();
        socket.altogether(options.timeouts().endOfData());
      }
    };
  }

  private Map<Recipient, RecipientResult> results(String cause) {
    Hearing hearing = new Hearing(transcript, cause);
    List<Recipient> all = transaction.envelope().recipients();
    if (!ready) {
      return AttemptResult.forAll(facts(), all, hearing.ofAll()).results();
    }
    Map<Recipient, RecipientResult> results = hearing.results(named());
    all.forEach(r -> Needs.ofRecipient(r, transcript.offers()).ifPresent(no -> results.put(r, no)));
    return results;
  }

  private SessionFacts facts() {
    return new SessionFacts(
        transaction.route().address(),
        transcript.tls(),
        transcript.offers().keywords().keySet(),
        transcript.lastByte());
  }

  private void beforeHandshake() throws IOException {
    if (socket.hasInput()) {
      // RFC 3207, 4.2: what stands in the clear behind the reply would be taken for the peer's
      // word under TLS.
      throw new IOException("plaintext behind the reply to STARTTLS");
    }
    transcript.asks(Stage.TLS);
    socket.within(options.timeouts().handshake());
  }

  private URLName login() {
    Optional<PasswordAuthentication> user = options.user();
    return new URLName(
        "smtp",
        // As text: Jakarta Mail would look a name up, by the system's means.
        transaction.route().address().getAddress().getHostAddress(),
        socket.getPort(),
        null,
        user.map(PasswordAuthentication::getUserName).orElse(null),
        user.map(PasswordAuthentication::getPassword).orElse(null));
  }

  private void farewell(ListeningTransport angus) {
    try {
      socket.within(Duration.ofSeconds(1));
      angus.close();
    } catch (MessagingException e) {
      // The peer is gone already, which was the aim.
    }
  }

  private String cause(Exception e) {
    if (!socket.isExpired()) {
      return Causes.printable(e);
    }
    return socket.isOverdue() && transcript.lastByte() == LastByte.NOT_SENT
        ? "the attempt took longer than " + seconds(options.timeouts().whole())
        : "timed out after " + seconds(options.timeouts().at(transcript.stage()));
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
