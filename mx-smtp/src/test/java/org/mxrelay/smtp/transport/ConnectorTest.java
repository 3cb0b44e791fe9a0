package org.mxrelay.smtp.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;

/** From where, and through whom, a connection is made. */
class ConnectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration HASTE = Duration.ofMillis(100);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private RecipientResult send(Connector by) throws InterruptedException {
    try (SmtpTransport transport = SmtpTransport.builder().connector(by).build()) {
      return transport
          .attempt(Transactions.to(server.route(), "ann@y.example").plain())
          .results()
          .values()
          .iterator()
          .next();
    }
  }

  private static InetAddress ip(String text) throws IOException {
    return InetAddress.getByName(text);
  }

  private static Route to(String address, int port) throws IOException {
    return new Route("mx.y.example", 10, new InetSocketAddress(ip(address), port), Route.Origin.MX);
  }

  @Test
  void sourceAddress_isBound() throws Exception {
    try (Socket socket = Connector.from(ip("127.0.0.9")).connect(server.route(), PATIENCE)) {
      assertEquals("127.0.0.9", socket.getLocalAddress().getHostAddress());
    }
    assertInstanceOf(Answered.class, send(Connector.from(ip("::1"), ip("127.0.0.9"))));
  }

  @Test
  void routeOfAFamilyWithoutSource_isNotConnectedTo() {
    assertThrows(
        NoRouteToHostException.class,
        () -> Connector.from(ip("::1")).connect(server.route(), PATIENCE));
    assertEquals(List.of(), server.sessions());
  }

  @Test
  void sourcesOfOneFamily_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> Connector.from());
    assertThrows(
        IllegalArgumentException.class, () -> Connector.from(ip("127.0.0.1"), ip("127.0.0.2")));
  }

  // SOCKS ------------------------------------------------------------------------------------

  @Test
  void socksProxy_isToldTheAddressAndTheMessageGoesThrough() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.relaying(server.address())
            .reads("050100")
            .says("0500")
            .readsMore(10)
            .says("05000001 7f000001 0019")) {
      assertInstanceOf(Answered.class, send(Socks5.at(proxy.address())));
      assertEquals(
          "050100" + "05010001" + "7f000001" + String.format("%04x", server.port()), proxy.heard());
    }
    assertEquals(1, server.messages().size());
  }

  @Test
  void socksProxyWithALogin_isToldItInTheClear() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.relaying(server.address())
            .reads("050102")
            .says("0502")
            .reads("01" + "03616e6e" + "06736563726574")
            .says("0100")
            .readsMore(10)
            .says("05000003 01 78 0019")) {
      Socks5 socks = Socks5.at(proxy.address()).login("ann", () -> "secret");
      assertEquals("socks5://127.0.0.1:" + proxy.address().getPort(), socks.toString());
      assertInstanceOf(Answered.class, send(socks));
    }
  }

  @Test
  void socksProxy_isToldAnIpv6AddressAsSuch() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.relaying(server.address())
            .reads("050100")
            .says("0500")
            .readsMore(22)
            .says("05000004" + "00".repeat(18))) {
      Socks5.at(proxy.address()).connect(to("2001:db8::25", 25), PATIENCE).close();
      assertEquals(
          "050100" + "05010004" + "20010db8000000000000000000000025" + "0019", proxy.heard());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0500, 05050001000000000000, connection refused",
    "0500, 05020001000000000000, not allowed",
    "0500, 05ff0001000000000000, failure 255",
    "0500, 04000001000000000000, not a reply",
    "0500, 05000009000000000000, address of type 9",
    "05ff, '', asks for a login",
    "485454502f, '', not a SOCKS 5 proxy",
  })
  void socksProxyThatWillNot_saysWhy(String method, String reply, String why) throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.relaying(server.address())
            .reads("050100")
            .says(method)
            .readsMore(10)
            .says(reply)) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> Socks5.at(proxy.address()).connect(server.route(), PATIENCE));
      assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }
  }

  @Test
  void socksLoginThatIsRefused_saysSoWithoutThePassword() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.relaying(server.address())
            .reads("050102")
            .says("0502")
            .readsMore(12)
            .says("0101")) {
      Broken broken =
          assertInstanceOf(
              Broken.class, send(Socks5.at(proxy.address()).login("ann", () -> "secret")));
      assertTrue(broken.cause().contains("refused the login"), broken.cause());
      assertTrue(!broken.cause().contains("secret"), broken.cause());
    }
  }

  @Test
  void proxyThatSaysNothing_isWaitedForNoLongerThanTheTimeout() throws Exception {
    try (ScriptedProxy proxy = ScriptedProxy.relaying(server.address()).readsMore(1_000)) {
      assertThrows(
          IOException.class, () -> Socks5.at(proxy.address()).connect(server.route(), HASTE));
    }
  }

  // PROXY ------------------------------------------------------------------------------------

  @Test
  void proxyHeaderV1_goesBeforeTheFirstOctet() throws Exception {
    try (ScriptedProxy peer = ScriptedProxy.relaying(server.address()).readsLine()) {
      Route route = new Route(server.name(), 0, peer.address(), Route.Origin.STATIC);
      try (Socket socket = ProxyProtocol.v1().connect(route, PATIENCE)) {
        assertEquals(
            "PROXY TCP4 127.0.0.1 127.0.0.1 "
                + socket.getLocalPort()
                + " "
                + route.address().getPort()
                + "\r\n",
            new String(peer.heardBytes(), StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void proxyHeaderV2_namesTheSourceThatTheProxyIsToUse() throws Exception {
    try (ScriptedProxy proxy = ScriptedProxy.relaying(server.address()).readsMore(28)) {
      ProxyProtocol by =
          ProxyProtocol.v2().via(proxy.address(), ip("192.0.2.7"), ip("2001:db8::7"));
      assertInstanceOf(Answered.class, send(by));
      assertEquals(
          "0d0a0d0a000d0a515549540a"
              + "2111000c"
              + "c00002077f000001"
              + "0000"
              + String.format("%04x", server.port()),
          proxy.heard());
    }
  }

  @Test
  void proxyHeaders_areAsTheSpecificationHasThem() throws Exception {
    ProxyHeader six =
        new ProxyHeader(
            new InetSocketAddress(ip("2001:db8::7"), 40000),
            new InetSocketAddress(ip("2001:db8::25"), 25));
    assertArrayEquals(
        HexFormat.of()
            .parseHex(
                "0d0a0d0a000d0a515549540a21210024"
                    + "20010db8000000000000000000000007"
                    + "20010db8000000000000000000000025"
                    + "9c400019"),
        six.bytes(ProxyHeader.Version.V2));
    assertEquals(
        "PROXY TCP6 2001:db8:0:0:0:0:0:7 2001:db8:0:0:0:0:0:25 40000 25\r\n",
        new String(six.bytes(ProxyHeader.Version.V1), StandardCharsets.US_ASCII));
    ProxyHeader mixed =
        new ProxyHeader(
            new InetSocketAddress(ip("192.0.2.7"), 0),
            new InetSocketAddress(ip("2001:db8::25"), 25));
    assertThrows(IOException.class, () -> mixed.bytes(ProxyHeader.Version.V2));
  }

  @Test
  void routeOfAFamilyWithoutSourceAtTheProxy_isNotConnectedTo() throws Exception {
    try (ScriptedProxy proxy = ScriptedProxy.relaying(server.address())) {
      ProxyProtocol by = ProxyProtocol.v1().via(proxy.address(), ip("2001:db8::7"));
      assertThrows(IOException.class, () -> by.connect(server.route(), PATIENCE));
    }
  }
}
