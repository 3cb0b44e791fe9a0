package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.testkit.ManualClock;

class SystemServersTest {

  private final ManualClock clock = ManualClock.at(Clients.START);
  private final List<InetSocketAddress> configured = new ArrayList<>();

  @TempDir Path dir;

  private static InetSocketAddress server(int lastByte) throws IOException {
    byte[] address = {(byte) 192, 0, 2, (byte) lastByte};
    return new InetSocketAddress(InetAddress.getByAddress(address), 53);
  }

  private SystemServers servers() {
    return new SystemServers(dir.resolve("resolv.conf"), () -> List.copyOf(configured), clock);
  }

  private void write(String text) throws IOException {
    Files.writeString(dir.resolve("resolv.conf"), text);
  }

  @Test
  void trustAd_countsForTheServersOfTheFile() throws IOException {
    write("# comment\n\n nameserver 192.0.2.1\noptions ndots:2 trust-ad\nnameserver\n");
    configured.add(server(1));
    configured.add(server(2));
    assertEquals(
        List.of(new DnsServer(server(1), true), new DnsServer(server(2), false)), servers().get());
  }

  @Test
  void withoutTrustAd_nobodyIsTrusted() throws IOException {
    write("nameserver 192.0.2.1\noptions edns0\n; options trust-ad\n");
    configured.add(server(1));
    assertFalse(servers().get().get(0).adTrusted());
  }

  @Test
  void ipv6Servers_areCompared() {
    ResolvConf conf = ResolvConf.parse(List.of("nameserver 2001:db8::1", "options trust-ad"));
    assertTrue(conf.trustsAdOf(address("2001:db8:0:0::1")));
    assertFalse(conf.trustsAdOf(address("2001:db8:0:0::2")));
    assertFalse(
        ResolvConf.parse(List.of("nameserver localhost", "options trust-ad"))
            .trustsAdOf(address("127.0.0.1")));
  }

  private static InetAddress address(String literal) {
    return new InetSocketAddress(literal, 53).getAddress();
  }

  @Test
  void changedFile_isReadAgainWithinHalfAMinute() throws IOException {
    write("nameserver 192.0.2.1\n");
    configured.add(server(1));
    SystemServers servers = servers();
    assertEquals(1, servers.get().size());
    configured.add(server(2));
    write("nameserver 192.0.2.1\nnameserver 192.0.2.2\n");
    clock.advance(Duration.ofSeconds(29));
    assertEquals(1, servers.get().size());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(2, servers.get().size());
  }

  @Test
  void unchangedFile_isNotReadAgain() throws IOException {
    write("nameserver 192.0.2.1\n");
    configured.add(server(1));
    SystemServers servers = servers();
    servers.get();
    configured.clear();
    clock.advance(Duration.ofHours(1));
    assertEquals(1, servers.get().size());
  }

  @Test
  void noServerAtStart_isLookedForAgainAtOnce() throws IOException {
    SystemServers servers = servers();
    assertEquals(List.of(), servers.get());
    configured.add(server(1));
    assertEquals(List.of(new DnsServer(server(1), false)), servers.get());
  }
}
