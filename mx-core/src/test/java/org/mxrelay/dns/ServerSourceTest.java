package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSourceTest {

  private static InetSocketAddress at(String literal) {
    return new InetSocketAddress(literal, 53);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOCAL, true",
    "127.8.8.8, LOCAL, true",
    "::1, LOCAL, true",
    "192.0.2.1, LOCAL, false",
    "10.0.0.1, LOCAL, false",
    "2001:db8::1, LOCAL, false",
    "127.0.0.1, NEVER, false",
    "192.0.2.1, ALWAYS, true"
  })
  void namedServer_isTrustedByWhereItIs(String address, AdTrust whose, boolean trusted) {
    List<DnsServer> servers = ServerSource.named(List.of(at(address)), whose).get();
    assertEquals(List.of(new DnsServer(at(address), trusted)), servers);
  }

  /** What the one finds bogus, the other would answer as if it were not signed. */
  @Test
  void oneServerThatIsNotTrusted_makesAllOfThemSo() {
    List<InetSocketAddress> mixed = List.of(at("127.0.0.1"), at("192.0.2.1"));
    assertEquals(
        List.of(new DnsServer(at("127.0.0.1"), false), new DnsServer(at("192.0.2.1"), false)),
        ServerSource.named(mixed, AdTrust.LOCAL).get());
    List<InetSocketAddress> local = List.of(at("127.0.0.1"), at("::1"));
    assertEquals(
        List.of(new DnsServer(at("127.0.0.1"), true), new DnsServer(at("::1"), true)),
        ServerSource.named(local, AdTrust.LOCAL).get());
  }

  @Test
  void sameServerTwice_isAskedOnce() {
    List<InetSocketAddress> twice = List.of(at("192.0.2.1"), at("192.0.2.2"), at("192.0.2.1"));
    assertEquals(2, ServerSource.named(twice, AdTrust.LOCAL).get().size());
  }

  @Test
  void serverByName_isRefused() {
    InetSocketAddress name = InetSocketAddress.createUnresolved("dns.example", 53);
    DnsClient.Builder builder = DnsClient.builder();
    assertEquals(
        "server must be an address and a port: dns.example/<unresolved>:53",
        assertThrows(IllegalArgumentException.class, () -> builder.server(name)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 53, 192.0.2.1",
    "192.0.2.1, 5353, 192.0.2.1:5353",
    "2001:db8::1, 53, 2001:db8:0:0:0:0:0:1",
    "2001:db8::1, 5353, [2001:db8:0:0:0:0:0:1]:5353"
  })
  void server_isWrittenAsPeopleWriteIt(String address, int port, String written) {
    assertEquals(written, new DnsServer(new InetSocketAddress(address, port), false).toString());
  }
}
