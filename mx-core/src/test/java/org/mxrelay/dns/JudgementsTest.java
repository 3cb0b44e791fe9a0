package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

/** An answer is judged once while it is valid, and nothing is kept that was not kept before. */
class JudgementsTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Domain ALIAS = new Domain("alias.example.org");
  private static final Domain ABSENT = new Domain("absent.example.org");

  private final ScriptedDnsServer server =
      ScriptedDnsServer.start(
          """
          example.org.        300 SOA   ns.example.org. h.example.org. 1 3600 600 86400 60
          example.org.        100 MX    10 mx.example.org.
          example.org.        100 A     192.0.2.1
          example.org.         50 AAAA  2001:db8::1
          example.org.        100 TXT   "v=STSv1; id=1;"
          example.org.        100 TLSA  3 1 1 abababababababababababababababababababababababababababababababab
          alias.example.org.   20 CNAME example.org.
          """);
  private final ManualClock clock = ManualClock.at(Clients.START);
  private final DnsClient client = Clients.of(server).tries(1).clock(clock).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void answer_isTheSameObjectWhileItIsValid() throws InterruptedException {
    MxAnswer mx = client.exchanges(EXAMPLE);
    AddressAnswer addresses = client.addresses(EXAMPLE);
    TextAnswer texts = client.texts(EXAMPLE);
    TlsaAnswer tlsa = client.tlsa(EXAMPLE);
    MxAnswer absent = client.exchanges(ABSENT);
    clock.advance(Duration.ofSeconds(49));
    assertSame(mx, client.exchanges(EXAMPLE));
    assertSame(addresses, client.addresses(EXAMPLE));
    assertSame(texts, client.texts(EXAMPLE));
    assertSame(tlsa, client.tlsa(EXAMPLE));
    assertSame(absent, client.exchanges(ABSENT));
    assertEquals(6, server.queries().size());
  }

  @Test
  void answerPastItsTime_isAskedForAgain() throws InterruptedException {
    MxAnswer before = client.exchanges(EXAMPLE);
    clock.advance(Duration.ofSeconds(100));
    assertNotSame(before, client.exchanges(EXAMPLE));
    assertEquals(2, server.count("example.org.", "MX"));
  }

  /** The shorter family ends both, the longer one is not asked for again. */
  @Test
  void familyPastItsTime_isAskedForAgainAlone() throws InterruptedException {
    AddressAnswer before = client.addresses(EXAMPLE);
    clock.advance(Duration.ofSeconds(50));
    assertNotSame(before, client.addresses(EXAMPLE));
    assertEquals(2, server.count("example.org.", "AAAA"));
    assertEquals(1, server.count("example.org.", "A"));
  }

  @Test
  void aliasPastItsTime_endsWhatItLedTo() throws InterruptedException {
    MxAnswer before = client.exchanges(ALIAS);
    clock.advance(Duration.ofSeconds(19));
    assertSame(before, client.exchanges(ALIAS));
    clock.advance(Duration.ofSeconds(1));
    assertNotSame(before, client.exchanges(ALIAS));
  }

  @Test
  void clockSetBack_prolongsNothing() throws InterruptedException {
    MxAnswer before = client.exchanges(EXAMPLE);
    clock.advance(Duration.ofSeconds(-1));
    MxAnswer after = client.exchanges(EXAMPLE);
    assertNotSame(before, after);
    assertEquals(Clients.START.plusSeconds(99), after.facts().validUntil());
    assertEquals(2, server.count("example.org.", "MX"));
  }

  @Test
  void familyThatFailed_isAskedForAgain() throws InterruptedException {
    server.fault("example.org.", "AAAA", Fault.servfail());
    assertEquals("192.0.2.1", Clients.line(client.addresses(EXAMPLE)));
    server.clearFaults();
    assertEquals("2001:db8:0:0:0:0:0:1, 192.0.2.1", Clients.line(client.addresses(EXAMPLE)));
  }

  @Test
  void failure_isAskedForAgain() throws InterruptedException {
    server.fault("example.org.", "*", Fault.servfail());
    client.exchanges(EXAMPLE);
    server.clearFaults();
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
  }

  @Test
  void answerThatStandsIn_givesWayAsSoonAsItCan() throws InterruptedException {
    try (DnsClient stale =
        Clients.of(server).tries(1).clock(clock).serveStale(Duration.ofHours(1)).build()) {
      stale.exchanges(EXAMPLE);
      clock.advance(Duration.ofSeconds(100));
      server.fault("example.org.", "*", Fault.servfail());
      assertEquals(1, stale.exchanges(EXAMPLE).facts().notes().size());
      server.clearFaults();
      assertEquals(0, stale.exchanges(EXAMPLE).facts().notes().size());
    }
  }

  @Test
  void clientWithoutACache_asksEachTime() throws InterruptedException {
    try (DnsClient bare = Clients.of(server).clock(clock).cacheSize(0).build()) {
      bare.exchanges(EXAMPLE);
      bare.exchanges(EXAMPLE);
      assertEquals(2, server.count("example.org.", "MX"));
    }
  }
}
