package org.mxrelay.smtp.jakarta;

import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.client.Watchdog;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/**
 * A transport that sends by Eclipse Angus Mail, for smart hosts and for those who need what Angus
 * can: its mechanisms of authentication, SASL among them, and its properties. Angus must be on the
 * path.
 *
 * <p>It passes the contract of transports as the default one does: the connection is made to the
 * route's address while TLS asks for the exchange's name; each recipient has the answer that was
 * given to him, whatever came after it; every stage has its total deadline, and every reply a
 * bound; addresses are checked before Angus could cut them down to ASCII. To that end Angus is
 * listened to command by command, and its exceptions are not believed.
 *
 * <p>What it cannot do, or does worse than {@link org.mxrelay.smtp.client.SmtpTransport}:
 *
 * <ul>
 *   <li>Each attempt has a connection of its own, and each command a round trip: no PIPELINING, no
 *       CHUNKING (Angus corrupts messages with it), no TCP connection kept.
 *   <li>The gate is asked, and the last byte counts as sent, before Angus writes the end of its
 *       buffer, up to 8 KiB: a connection that breaks in between is uncertain though the message
 *       cannot have been taken.
 *   <li>A refusal that comes while the message is still being sent is heard in plaintext only, and
 *       is lost where the peer closes the connection at once.
 *   <li>DANE is not known: a route that is verified by TLSA records gets nothing, with 4.7.5. With
 *       MTA-STS and with {@code required}, names are verified by JSSE's rule for LDAPS, which is
 *       Angus's choice; it differs from that for HTTPS in wildcards alone.
 *   <li>ORCPT beyond ASCII is left out.
 *   <li>It does not notice that a peer is ourselves; the count of Received fields ends such a loop.
 *   <li>Angus holds a monitor while it waits, which pins a virtual thread on JDK 21 to 23, and logs
 *       by java.util.logging.
 * </ul>
 *
 * <p>An interrupt ends an attempt before the last byte of the message, except while the connection
 * is being made; after the last byte it changes nothing on a platform thread.
 *
 * <p>Safe for use by several threads.
 */
public final class AngusTransport implements Transport {

  private final AngusOptions options;

  private AngusTransport(Builder with) {
    this.options =
        new AngusOptions(
            with.connector,
            with.timeouts,
            new Watchdog(with.threads),
            with.verifying,
            with.helo,
            Map.copyOf(with.properties),
            with.user);
  }

  /** Starts with the defaults: RFC 5321's timeouts, a direct connection, the JDK's trust store. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public AttemptResult attempt(Transaction transaction) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the attempt");
    }
    SessionFacts none = SessionFacts.none(transaction.route().address());
    List<Recipient> recipients = transaction.envelope().recipients();
    Optional<Lacking> cannot = Needs.ofTransport(transaction.tls());
    if (cannot.isPresent()) {
      return AttemptResult.forAll(none, recipients, cannot.get());
    }
    transaction.gate().connecting();
    try {
      Socket connected =
          options.connector().connect(transaction.route(), options.timeouts().connect());
      return new AngusAttempt(transaction, options, connected).run();
    } catch (IOException e) {
      String why = "cannot connect: " + Causes.printable(e);
      return AttemptResult.broken(none, recipients, Stage.CONNECT, why);
    }
  }

  @Override
  public void close() {
    options.watchdog().close();
  }

  /** Options of the transport. Confined to one thread. */
  public static final class Builder {

    private String helo = "";
    private SmtpTimeouts timeouts = SmtpTimeouts.RFC5321;
    private Connector connector = Connector.direct();
    private Optional<SSLContext> verifying = Optional.empty();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private Optional<PasswordAuthentication> user = Optional.empty();
    private ThreadFactory threads = Builder::daemon;

    private Builder() {}

    /**
     * What EHLO says: a fully qualified domain name, or an address literal. Empty, the default,
     * says the local address of each connection as a literal.
     *
     * @throws org.mxrelay.address.InvalidAddressException if it is neither
     */
    public Builder helo(String name) {
      this.helo = name.isEmpty() ? "" : Destination.parse(name).toString();
      return this;
    }

    /** How long each stage of a session may take in all. */
    public Builder timeouts(SmtpTimeouts all) {
      this.timeouts = all;
      return this;
    }

    /** Who makes the connections: what Angus itself could do here is not used. */
    public Builder connector(Connector by) {
      this.connector = by;
      return this;
    }

    /** Whose certificates count where a route demands verification; default: the JDK's. */
    public Builder trust(SSLContext context) {
      this.verifying = Optional.of(context);
      return this;
    }

    /**
     * Who to log in as, where the exchange offers AUTH. Every session must be encrypted then, and
     * none goes on in the clear.
     */
    public Builder credentials(String name, String password) {
      this.user = Optional.of(new PasswordAuthentication(name, password));
      return this;
    }

    /**
     * A property of Jakarta Mail's: {@code mail.smtp.auth} and below, {@code mail.smtp.sasl.*},
     * {@code mail.smtp.saslrealm}, {@code mail.smtp.submitter}, {@code
     * mail.smtp.usecanonicalhostname}, {@code mail.smtp.ssl.protocols} and {@code .ciphersuites},
     * {@code mail.debug} and below, and {@code mail.smtp.ssl.enable} for exchanges where TLS begins
     * with the connection. The others are this transport's own.
     *
     * @throws IllegalArgumentException if it is not one of these
     */
    public Builder property(String name, String value) {
      SessionProperties.check(name, value);
      properties.put(name, value);
      return this;
    }

    /** Makes the one thread that keeps the deadlines; by default a daemon. */
    public Builder threads(ThreadFactory by) {
      this.threads = by;
      return this;
    }

    /**
     * @throws IllegalArgumentException if {@code mail.smtp.auth} is set without credentials
     */
    public AngusTransport build() {
      if (Boolean.parseBoolean(properties.get("mail.smtp.auth")) && user.isEmpty()) {
        throw new IllegalArgumentException("property mail.smtp.auth=true: no credentials");
      }
      return new AngusTransport(this);
    }

    private static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "mxrelay-angus-deadlines");
      thread.setDaemon(true);
      return thread;
    }
  }
}
