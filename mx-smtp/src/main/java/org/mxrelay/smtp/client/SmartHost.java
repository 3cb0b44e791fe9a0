package org.mxrelay.smtp.client;

import java.util.Optional;
import org.mxrelay.routing.Route;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/**
 * How the hosts of static routes are spoken to: a smart host that wants a login, a host where TLS
 * begins with the connection, a delivery agent that speaks LMTP. Exchanges that the DNS named are
 * never spoken to like this, and hear no password.
 *
 * <p>Immutable.
 */
public final class SmartHost {

  /** Like any exchange. */
  public static final SmartHost PLAIN =
      new SmartHost(Optional.empty(), TlsStart.STARTTLS, Protocol.SMTP);

  /** How TLS begins. */
  public enum TlsStart {
    /** By STARTTLS (RFC 3207). */
    STARTTLS,
    /** With the connection, before the greeting, as on port 465 (RFC 8314, 3.3). */
    IMPLICIT
  }

  /** What is spoken. */
  public enum Protocol {
    /** RFC 5321. */
    SMTP,
    /** RFC 2033: a reply for each recipient after the message. Not for port 25. */
    LMTP
  }

  private final Optional<Credentials> credentials;
  private final TlsStart tlsStart;
  private final Protocol protocol;

  private SmartHost(Optional<Credentials> credentials, TlsStart tlsStart, Protocol protocol) {
    this.credentials = credentials;
    this.tlsStart = tlsStart;
    this.protocol = protocol;
  }

  /** The same, with a login. */
  public SmartHost with(Credentials login) {
    return new SmartHost(Optional.of(login), tlsStart, protocol);
  }

  /** The same, with another beginning of TLS. */
  public SmartHost with(TlsStart begin) {
    return new SmartHost(credentials, begin, protocol);
  }

  /** The same, with another protocol. */
  public SmartHost with(Protocol spoken) {
    return new SmartHost(credentials, tlsStart, spoken);
  }

  /** How that route's host is spoken to. */
  SmartHost at(Route route) {
    return route.origin() == Route.Origin.STATIC ? this : PLAIN;
  }

  Optional<Credentials> credentials() {
    return credentials;
  }

  boolean isImplicitTls() {
    return tlsStart == TlsStart.IMPLICIT;
  }

  Protocol protocol() {
    return protocol;
  }

  /** What a session must have, where that much was asked for. */
  TlsDemand atLeast(TlsDemand asked) {
    TlsDemand floor = isImplicitTls() ? TlsDemand.byOption(Level.ENCRYPTED) : asked;
    return credentials
        .map(c -> asked.atLeast(floor).atLeast(byLogin(c)))
        .orElse(asked.atLeast(floor));
  }

  private static TlsDemand byLogin(Credentials login) {
    return TlsDemand.byOption(
        switch (login.over()) {
          case VERIFIED_TLS -> Level.VERIFIED;
          case TLS -> Level.ENCRYPTED;
          case ANYTHING -> Level.NONE;
        });
  }
}
