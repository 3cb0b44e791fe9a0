package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

/** Answers beyond their time while the DNS fails (RFC 8767). */
class ServeStaleTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Domain NULL_MX = new Domain("null.example.org");
  private static final Domain ABSENT = new Domain("absent.example.org");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ScriptedDnsServer server =
      ScriptedDnsServer.start(
          """
          example.org.      300 SOA  ns.example.org. h.example.org. 1 3600 600 86400 60
          example.org.      100 MX   10 mx.example.org.
          example.org.      100 A    192.0.2.1
          null.example.org. 100 MX   0 .
          """);
  private final ManualClock clock = ManualClock.at(Clients.START);
  private final DnsClient client =
      Clients.of(server).tries(1).clock(clock).serveStale(HOUR).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void failingServer_leavesTheLastAnswerForItsTime() throws InterruptedException {
    client.exchanges(EXAMPLE);
    server.fault("*", "*", Fault.servfail());
    clock.advance(Duration.ofSeconds(100));
    MxAnswer answer = client.exchanges(EXAMPLE);
    assertEquals("10 mx.example.org", Clients.line(answer));
    assertEquals(clock.instant().plusSeconds(30), answer.facts().validUntil());
    String note = answer.facts().notes().get(0);
    assertTrue(note.contains("past its time") && note.contains("SERVFAIL"), note);
    clock.set(Clients.START.plusSeconds(99).plus(HOUR));
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    clock.set(Clients.START.plusSeconds(100).plus(HOUR));
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(EXAMPLE));
  }

  @Test
  void addresses_standInToo() throws InterruptedException {
    client.addresses(EXAMPLE);
    server.fault("*", "*", Fault.refused());
    clock.advance(Duration.ofSeconds(200));
    AddressAnswer answer = client.addresses(EXAMPLE);
    assertEquals("192.0.2.1", Clients.line(answer));
    assertTrue(answer.facts().notes().toString().contains("past its time"));
  }

  @Test
  void serverThatAnswersAgain_isBelieved() throws InterruptedException {
    client.exchanges(EXAMPLE);
    clock.advance(Duration.ofSeconds(200));
    server.set(Clients.zone("example.org. 300 MX 5 new.example.org."));
    MxAnswer answer = client.exchanges(EXAMPLE);
    assertEquals("5 new.example.org", Clients.line(answer));
    assertTrue(answer.facts().notes().isEmpty());
  }

  /** What would fail mail for good is never said by an old answer. */
  @Test
  void nullMxAndNoSuchDomain_doNotStandIn() throws InterruptedException {
    assertInstanceOf(MxAnswer.NullMx.class, client.exchanges(NULL_MX));
    assertInstanceOf(MxAnswer.NoSuchDomain.class, client.exchanges(ABSENT));
    server.fault("*", "*", Fault.servfail());
    clock.advance(Duration.ofSeconds(200));
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(NULL_MX));
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(ABSENT));
  }

  @Test
  void notAsked_noOldAnswerStandsIn() throws InterruptedException {
    try (DnsClient strict = Clients.of(server).tries(1).clock(clock).build()) {
      strict.exchanges(EXAMPLE);
      server.fault("*", "*", Fault.servfail());
      clock.advance(Duration.ofSeconds(100));
      assertInstanceOf(MxAnswer.Unresolved.class, strict.exchanges(EXAMPLE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P7DT1S"})
  void timeOutOfRange_isRefusedByName(String beyond) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> DnsClient.builder().serveStale(Duration.parse(beyond)));
    assertTrue(e.getMessage().startsWith("serveStale must be"), e.getMessage());
  }
}
