package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxPublication.Origin;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class ZoneInspectorTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final String[] DELEGATION = {
    "example.org. NS ns1.example.org.", "ns1.example.org. A 127.0.0.1"
  };

  /** The resolver's view: a cache, in which 1,000 s are left. */
  private final ScriptedDnsServer cache = ScriptedDnsServer.start("");

  /** The zone's own server. */
  private final ScriptedDnsServer authority =
      ScriptedDnsServer.start("example.org. 7200 MX 10 mx1.example.org.");

  private final DnsClient client = Clients.of(cache).build();

  ZoneInspectorTest() {
    cache.fault("*", "*", Fault.mangle(ZoneInspectorTest::withoutAuthority));
    cache.set(
        Clients.zone("example.org. 1000 MX 10 mx1.example.org.", DELEGATION[0], DELEGATION[1]));
  }

  @AfterEach
  void close() {
    client.close();
    cache.close();
    authority.close();
  }

  private static byte[] withoutAuthority(byte[] message) {
    byte[] changed = message.clone();
    changed[2] &= (byte) ~0x04;
    return changed;
  }

  private ZoneInspector inspector(Predicate<InetAddress> allowed) {
    return ZoneInspector.of(client, allowed)
        .withPort(authority.address().getPort())
        .withPatience(Duration.ofSeconds(20));
  }

  private MxPublication published(Domain domain) throws InterruptedException {
    return inspector(address -> true).exchanges(domain);
  }

  private static List<Long> ttls(MxPublication publication) {
    return publication.records().stream().map(r -> r.ttl().toSeconds()).toList();
  }

  @Test
  void serverOfTheZone_tellsTheTimeToLiveThatWasSet() throws InterruptedException {
    MxPublication publication = published(EXAMPLE);

    assertEquals(Origin.AUTHORITY, publication.origin());
    assertEquals(List.of(7200L), ttls(publication));
    assertEquals("ns1.example.org [127.0.0.1]", publication.servers().get(0).server());
  }

  @Test
  void configuredServerThatIsTheAuthority_isEnough() throws InterruptedException {
    cache.clearFaults();

    MxPublication publication = published(EXAMPLE);

    assertEquals(Origin.AUTHORITY, publication.origin());
    assertEquals(List.of(1000L), ttls(publication));
    assertEquals(0, authority.queries().size());
  }

  @Test
  void zoneAbove_isFoundForANameBelow() throws InterruptedException {
    cache.set(
        Clients.zone("a.b.example.org. 1000 MX 10 mx1.example.org.", DELEGATION[0], DELEGATION[1]));
    authority.set("a.b.example.org. 60 MX 10 mx1.example.org.");

    assertEquals(List.of(60L), ttls(published(new Domain("a.b.example.org"))));
  }

  @Test
  void aliasOfADomain_isAskedOfItsOwnZone() throws InterruptedException {
    cache.set(
        Clients.zone(
            "www.example.net. 1000 CNAME example.org.",
            "example.org. 1000 MX 10 mx1.example.org.",
            DELEGATION[0],
            DELEGATION[1]));

    MxPublication publication = published(new Domain("www.example.net"));

    assertEquals("example.org", publication.owner());
    assertEquals(List.of(7200L), ttls(publication));
  }

  @Test
  void withoutNameServers_theCacheMustDo() throws InterruptedException {
    cache.set("example.org. 1000 MX 10 mx1.example.org.");

    MxPublication publication = published(EXAMPLE);

    assertEquals(Origin.CACHE, publication.origin());
    assertEquals(List.of(1000L), ttls(publication));
    assertEquals(List.of(), publication.servers());
  }

  @Test
  void serverThatRefuses_leavesTheCacheAndItsReason() throws InterruptedException {
    authority.fault("*", "*", Fault.refused());

    MxPublication publication = published(EXAMPLE);

    assertEquals(Origin.CACHE, publication.origin());
    assertEquals("answers REFUSED", publication.servers().get(0).trouble());
  }

  @Test
  void serverThatIsNotTheAuthority_isNotBelieved() throws InterruptedException {
    authority.fault("*", "*", Fault.mangle(ZoneInspectorTest::withoutAuthority));

    assertEquals("is not the authority", published(EXAMPLE).servers().get(0).trouble());
  }

  @Test
  void addressThatIsNotAllowed_isNotAsked() throws InterruptedException {
    MxPublication publication = inspector(address -> false).exchanges(EXAMPLE);

    assertEquals(Origin.CACHE, publication.origin());
    assertEquals("was not asked, since it is not public", publication.servers().get(0).trouble());
    assertEquals(0, authority.queries().size());
  }

  @Test
  void nameServerWithoutAddress_isNamed() throws InterruptedException {
    cache.set(
        Clients.zone(
            "example.org. 1000 MX 10 mx1.example.org.", "example.org. NS gone.example.org."));

    ServerWord word = published(EXAMPLE).servers().get(0);

    assertEquals("gone.example.org", word.server());
    assertTrue(!word.isAuthoritative());
  }

  @Test
  void servers_areAskedWithoutRecursion() throws InterruptedException {
    List<Integer> flags = new CopyOnWriteArrayList<>();
    authority.fault(
        "*",
        "*",
        Fault.mangle(
            message -> {
              flags.add((int) message[2]);
              return message;
            }));

    published(EXAMPLE);

    // RFC 1035, 4.1.1: RD, copied from the question, is the last bit of the third octet.
    assertEquals(1, flags.size());
    assertEquals(0, flags.get(0) & 1);
  }

  @Test
  void foreignRecords_areNotBelieved() throws InterruptedException {
    authority.fault("*", "*", Fault.foreignRecords());

    assertEquals(
        List.of("mx1.example.org"),
        published(EXAMPLE).records().stream().map(PublishedMx::exchange).toList());
  }

  @Test
  void largeSet_comesByTcp() throws InterruptedException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      zone.append("example.org. 7200 MX 10 a-long-name-of-an-exchange-")
          .append(i)
          .append(".org.\n");
    }
    authority.set(zone.toString());

    assertEquals(100, published(EXAMPLE).records().size());
  }

  @ParameterizedTest
  @CsvSource({
    "mx1.example.org., mx1.example.org, HOST",
    "MX1.Example.Org., mx1.example.org, HOST",
    "., ., NULL",
    "192.0.2.1., 192.0.2.1, ADDRESS",
    "2001:db8::1., 2001:db8::1, ADDRESS",
    "[192.0.2.1]., [192.0.2.1], ADDRESS",
    "1234., 1234, ADDRESS",
    "mx_1.example.org., mx_1.example.org, HOST",
    "a\\032b.example.org., a\\032b.example.org, NO_HOST",
    "-a.example.org., -a.example.org, NO_HOST",
    "a\\000b.example.org., a\\000b.example.org, NO_HOST",
  })
  void exchange_hasAForm(String target, String shown, PublishedMx.Form form)
      throws InterruptedException {
    authority.set("example.org. 7200 MX 10 " + target);

    PublishedMx record = published(EXAMPLE).records().get(0);

    assertEquals(shown, record.exchange());
    assertEquals(form, record.form());
  }

  @Test
  void alias_isNamed() throws InterruptedException {
    cache.set(
        Clients.zone("mx1.example.org. CNAME host.example.net.", "host.example.net. A 192.0.2.1"));

    assertEquals(
        Optional.of("host.example.net"),
        inspector(address -> true).alias(new Domain("mx1.example.org")));
    assertEquals(
        Optional.empty(), inspector(address -> true).alias(new Domain("host.example.net")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65536})
  void portOutOfRange_isRefused(int port) {
    assertThrows(IllegalArgumentException.class, () -> inspector(a -> true).withPort(port));
  }

  @Test
  void noPatience_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> inspector(address -> true).withPatience(Duration.ZERO));
  }
}
