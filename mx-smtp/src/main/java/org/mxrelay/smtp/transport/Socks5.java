package org.mxrelay.smtp.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.mxrelay.routing.Route;

/**
 * Connects through a SOCKS 5 proxy (RFC 1928), which is told the route's address and never a name:
 * the address that was checked is the one that is connected to.
 *
 * <p>Immutable, as far as its password is.
 */
public final class Socks5 implements Connector {

  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int PASSWORD = 2;
  private static final int CONNECT = 1;

  private final InetSocketAddress proxy;
  private final Optional<Login> login;
  private final Connector over;

  private record Login(String user, Supplier<String> password) {}

  private Socks5(InetSocketAddress proxy, Optional<Login> login, Connector over) {
    this.proxy = proxy;
    this.login = login;
    this.over = over;
  }

  /**
   * Through that proxy, which asks for no login, over a direct connection.
   *
   * @throws IllegalArgumentException if the address is not resolved
   */
  public static Socks5 at(InetSocketAddress proxy) {
    if (proxy.isUnresolved()) {
      throw new IllegalArgumentException("SOCKS proxy: not resolved: " + proxy);
    }
    return new Socks5(proxy, Optional.empty(), Connector.direct());
  }

  /**
   * The same, logging in (RFC 1929). The password goes to the proxy in the clear.
   *
   * @param password asked at each connection; 1 to 255 octets, like the user
   */
  public Socks5 login(String user, Supplier<String> password) {
    return new Socks5(proxy, Optional.of(new Login(user, password)), over);
  }

  /** The same, with the connection to the proxy made by another connector. */
  public Socks5 over(Connector by) {
    return new Socks5(proxy, login, by);
  }

  @Override
  public Socket connect(Route route, Duration timeout) throws IOException {
    return ProxyTalk.connect(
        over,
        proxy,
        timeout,
        talk -> {
          authenticate(talk);
          ask(talk, route.address());
        });
  }

  // RFC 1928, 3: one method is offered, so that none can be chosen that is worse.
  private void authenticate(ProxyTalk talk) throws IOException {
    int method = login.isPresent() ? PASSWORD : NO_LOGIN;
    talk.say(new byte[] {VERSION, 1, (byte) method});
    byte[] chosen = talk.hear(2);
    if (chosen[0] != VERSION) {
      throw new IOException("not a SOCKS 5 proxy");
    }
    if (chosen[1] != method) {
      throw new IOException(
          login.isPresent()
              ? "the SOCKS proxy takes no password"
              : "the SOCKS proxy asks for a login");
    }
    if (login.isPresent()) {
      logIn(talk, login.get());
    }
  }

  // RFC 1929, 2
  private static void logIn(ProxyTalk talk, Login login) throws IOException {
    byte[] user = octets("user", login.user());
    byte[] password = octets("password", password(login));
    ByteBuffer request = ByteBuffer.allocate(3 + user.length + password.length);
    request.put((byte) 1).put((byte) user.length).put(user);
    request.put((byte) password.length).put(password);
    talk.say(request.array());
    if (talk.hear(2)[1] != 0) {
      throw new IOException("the SOCKS proxy refused the login");
    }
  }

  /** The caller's code, of which nothing is known but that it may fail. */
  private static String password(Login login) throws IOException {
    try {
      return login.password().get();
    } catch (RuntimeException e) {
      throw new IOException("the password for the SOCKS proxy cannot be had: " + e.getClass(), e);
    }
  }

  private static byte[] octets(String what, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (octets.length < 1 || octets.length > 255) {
      throw new IOException("SOCKS " + what + ": must have 1 to 255 octets");
    }
    return octets;
  }

  // RFC 1928, 4 and 6
  private static void ask(ProxyTalk talk, InetSocketAddress exchange) throws IOException {
    byte[] address = exchange.getAddress().getAddress();
    ByteBuffer request = ByteBuffer.allocate(6 + address.length);
    request.put((byte) VERSION).put((byte) CONNECT).put((byte) 0).put(type(address.length));
    request.put(address).putShort((short) exchange.getPort());
    talk.say(request.array());
    byte[] head = talk.hear(4);
    if (head[0] != VERSION) {
      throw new IOException("not a reply of a SOCKS 5 proxy");
    }
    if (head[1] != 0) {
      throw new IOException("the SOCKS proxy: " + meaning(head[1]));
    }
    skipBoundAddress(talk, head[3]);
  }

  private static byte type(int length) {
    return (byte) (length == 4 ? 1 : 4);
  }

  private static void skipBoundAddress(ProxyTalk talk, byte type) throws IOException {
    int length =
        switch (type) {
          case 1 -> 4;
          case 3 -> talk.hear(1)[0] & 0xff;
          case 4 -> 16;
          default -> throw new IOException("the SOCKS proxy gave an address of type " + type);
        };
    talk.hear(length + 2);
  }

  private static String meaning(byte reply) {
    return switch (reply) {
      case 1 -> "general failure";
      case 2 -> "not allowed by its rules";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "TTL expired";
      case 7 -> "it knows no CONNECT";
      case 8 -> "it knows no such address";
      default -> "failure " + (reply & 0xff);
    };
  }

  /** For logs: neither user nor password. */
  @Override
  public String toString() {
    InetAddress address = proxy.getAddress();
    return "socks5://" + address.getHostAddress() + ":" + proxy.getPort();
  }
}
