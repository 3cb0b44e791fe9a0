package org.mxrelay.smtp.client;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.tls.TlsDemand;

/**
 * Opens sessions up to the point where MAIL may be said.
 *
 * <p>Immutable.
 *
 * @param connector makes the connection
 * @param timeouts of each stage
 * @param watchdog keeps them
 * @param tls puts TLS on it
 * @param helo what EHLO says; empty for the address of the connection
 * @param self domains that a peer must not greet with, as A-labels in lower case
 * @param smartHost how the hosts of static routes are spoken to
 * @param random draws the nonces of logins
 */
record Opening(
    Connector connector,
    SmtpTimeouts timeouts,
    Watchdog watchdog,
    TlsClient tls,
    String helo,
    Set<String> self,
    SmartHost smartHost,
    RandomGenerator random) {

  /** RFC 3463, 3.5: routing loop detected. */
  private static final EnhancedStatusCode LOOP = new EnhancedStatusCode(4, 4, 6);

  /** A session that is ready for MAIL. */
  SmtpConnection open(Route route, TlsDemand asked)
      throws SessionBrokenException, SessionRefusedException {
    TlsDemand demand = smartHost.at(route).atLeast(asked);
    SmtpConnection connection = connect(route, demand);
    try {
      refuse(Stage.GREETING, connection, connection.read(Stage.GREETING));
      refuse(Stage.EHLO, connection, hello(connection));
      if (wantsTls(connection, demand)) {
        Reply reply = startTls(connection, demand);
        refuseTls(connection, reply);
        refuse(Stage.EHLO, connection, ehlo(connection));
      }
      logIn(connection);
      return connection;
    } catch (SessionRefusedException e) {
      connection.quit();
      throw e;
    }
  }

  /** A connection; one with TLS already, where TLS begins with it. */
  SmtpConnection connect(Route route, TlsDemand asked) throws SessionBrokenException {
    SmartHost host = smartHost.at(route);
    SmtpConnection connection = connect(route, host);
    if (host.isImplicitTls()) {
      shakeHands(connection, host.atLeast(asked));
    }
    return connection;
  }

  private SmtpConnection connect(Route route, SmartHost host) throws SessionBrokenException {
    try {
      Wire wire = Wire.over(connector.connect(route, timeouts.connect()), watchdog);
      wire.interruptibleBy(Thread.currentThread());
      return new SmtpConnection(route, wire, timeouts, host.protocol());
    } catch (IOException e) {
      throw new SessionBrokenException(Stage.CONNECT, "cannot connect: " + e.getMessage(), e);
    }
  }

  Reply ehlo(SmtpConnection connection) throws SessionBrokenException {
    // RFC 2033, 4.1
    String verb = connection.isLmtp() ? "LHLO " : "EHLO ";
    Reply reply = connection.ask(Stage.EHLO, verb + name(connection));
    Capabilities said = reply.isPositive() ? Capabilities.of(reply) : Capabilities.NONE;
    // RFC 8689, 2: that counts under TLS only.
    connection.offered(connection.tls().isPresent() ? said : said.without("REQUIRETLS"));
    return reply;
  }

  Reply helo(SmtpConnection connection) throws SessionBrokenException {
    connection.offered(Capabilities.NONE);
    return connection.ask(Stage.EHLO, "HELO " + name(connection));
  }

  /** STARTTLS, and where it is answered with 220 the handshake too. */
  Reply startTls(SmtpConnection connection, TlsDemand demand) throws SessionBrokenException {
    Reply reply = connection.ask(Stage.STARTTLS, "STARTTLS");
    if (!reply.isPositive()) {
      return reply;
    }
    if (connection.hasInput(Stage.STARTTLS)) {
      // RFC 3207, 4.2: what stands in the clear behind the reply would be taken for the peer's
      // word under TLS.
      throw connection.broken(Stage.STARTTLS, "plaintext behind the reply to STARTTLS");
    }
    shakeHands(connection, demand);
    return reply;
  }

  private void shakeHands(SmtpConnection connection, TlsDemand demand)
      throws SessionBrokenException {
    try {
      connection.secure(
          tls.over(connection.wire().raw(), connection.route(), demand),
          socket -> TlsClient.facts(socket, demand));
    } catch (SessionBrokenException e) {
      throw e;
    } catch (IOException e) {
      throw connection.broken(Stage.TLS, String.valueOf(e.getMessage()));
    }
  }

  /** AUTH, if the smart host's options say who to log in as; else nothing. */
  Optional<Reply> authenticate(SmtpConnection connection) throws SessionBrokenException {
    Optional<Credentials> credentials = smartHost.at(connection.route()).credentials();
    if (credentials.isEmpty()) {
      return Optional.empty();
    }
    if (!credentials.get().over().isMetBy(connection.tls())) {
      throw connection.broken(Stage.AUTH, "without such TLS as is demanded no secret is said");
    }
    return Optional.of(new Authentication(credentials.get(), random).logIn(connection));
  }

  private void logIn(SmtpConnection connection)
      throws SessionBrokenException, SessionRefusedException {
    Optional<Reply> reply = authenticate(connection);
    if (reply.isPresent() && !reply.get().isPositive()) {
      throw new SessionRefusedException(Stage.AUTH, reply.get());
    }
  }

  private Reply hello(SmtpConnection connection) throws SessionBrokenException {
    Reply reply = ehlo(connection);
    if (!reply.isPermanent() || connection.isLmtp()) {
      return reply;
    }
    try {
      // RFC 5321, 3.2: an old server knows HELO only.
      return helo(connection);
    } catch (SessionBrokenException closed) {
      return reply;
    }
  }

  private boolean wantsTls(SmtpConnection connection, TlsDemand demand)
      throws SessionBrokenException {
    if (connection.tls().isPresent()) {
      return false;
    }
    boolean offered = connection.capabilities().offers("STARTTLS");
    if (demand.isMandatory() && !offered) {
      throw connection.broken(Stage.STARTTLS, "the exchange does not offer STARTTLS");
    }
    return offered && demand.level() != TlsDemand.Level.NONE;
  }

  private static void refuseTls(SmtpConnection connection, Reply reply)
      throws SessionBrokenException, SessionRefusedException {
    if (reply.code() == 421) {
      throw new SessionRefusedException(Stage.STARTTLS, reply);
    }
    if (!reply.isPositive()) {
      connection.quit();
      throw connection.broken(Stage.STARTTLS, "STARTTLS was refused: " + reply.printable());
    }
  }

  private void refuse(Stage stage, SmtpConnection connection, Reply reply)
      throws SessionBrokenException, SessionRefusedException {
    if (reply.isIntermediate()) {
      throw connection.broken(stage, "out of place: " + reply.printable());
    }
    if (!reply.isPositive()) {
      throw new SessionRefusedException(stage, reply);
    }
    String name = reply.lines().get(0).strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    if (self.contains(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)) {
      // RFC 5321, 6.3: a session with ourselves is a loop.
      connection.quit();
      throw new SessionBrokenException(
          stage, LOOP, "mail loop: the exchange greets with our own name " + name);
    }
  }

  private String name(SmtpConnection connection) {
    return helo.isEmpty() ? literal(connection.wire().localAddress()) : helo;
  }

  // RFC 5321, 4.1.3: without a name of its own a client gives its address.
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    String plain = scope < 0 ? text : text.substring(0, scope);
    return address instanceof Inet6Address ? "[IPv6:" + plain + "]" : "[" + plain + "]";
  }
}
