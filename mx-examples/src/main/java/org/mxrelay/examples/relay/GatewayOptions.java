package org.mxrelay.examples.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the gateway serves its clients.
 *
 * <p>Immutable.
 *
 * @param listen where; port 0 is any free one
 * @param name what it calls itself
 * @param tls what STARTTLS shows; without it, it is not offered
 * @param limits what one client, and all of them, may take
 */
public record GatewayOptions(
    InetSocketAddress listen, String name, Optional<SSLContext> tls, Limits limits) {

  /**
   * What is given to clients.
   *
   * @param size octets of a message
   * @param recipients of a message
   * @param connections of all clients
   * @param connectionsOfOne of one address
   * @param command how long the next command may take to come (RFC 5321, 4.5.3.2.7: 5 minutes)
   * @param message how long a whole message may take to come
   */
  public record Limits(
      int size,
      int recipients,
      int connections,
      int connectionsOfOne,
      Duration command,
      Duration message) {

    /** 50 MiB, 100 recipients, 200 connections, 20 of one address, 5 and 30 minutes. */
    public static final Limits STANDARD =
        new Limits(50 * 1024 * 1024, 100, 200, 20, Duration.ofMinutes(5), Duration.ofMinutes(30));

    public Limits withSize(int octets) {
      return new Limits(octets, recipients, connections, connectionsOfOne, command, message);
    }

    public Limits withConnections(int all, int ofOne) {
      return new Limits(size, recipients, all, ofOne, command, message);
    }

    public Limits withPatience(Duration forCommand, Duration forMessage) {
      return new Limits(size, recipients, connections, connectionsOfOne, forCommand, forMessage);
    }
  }
}
