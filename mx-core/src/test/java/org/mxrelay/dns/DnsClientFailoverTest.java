package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientFailoverTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final String ZONE =
      """
      example.org. 300 MX 10 mx.example.org.
      other.org.   300 MX 10 mx.other.org.
      """;

  private final ScriptedDnsServer first = ScriptedDnsServer.start(ZONE);
  private final ScriptedDnsServer second = ScriptedDnsServer.start(ZONE);
  private final ManualClock clock = ManualClock.at(Clients.START);
  private final DnsClient client = Clients.of(first, second).clock(clock).build();

  @AfterEach
  void close() {
    client.close();
    first.close();
    second.close();
  }

  static Stream<Fault> failuresOfOneServer() {
    return Stream.of(
        Fault.servfail(),
        Fault.refused(),
        Fault.notimp(),
        Fault.formerr(),
        Fault.wrongId(),
        Fault.wrongQuestion(),
        Fault.garbage(),
        Fault.truncateAndRefuseTcp(),
        Fault.cutTcp(),
        Fault.mangle(wire -> clearFlag(wire, 2, 0x80)),
        Fault.mangle(wire -> Arrays.copyOf(wire, wire.length - 3)));
  }

  private static byte[] clearFlag(byte[] wire, int at, int bit) {
    byte[] changed = wire.clone();
    changed[at] &= (byte) ~bit;
    return changed;
  }

  @ParameterizedTest
  @MethodSource("failuresOfOneServer")
  void failureOfTheFirstServer_isMadeGoodByTheSecond(Fault fault) throws InterruptedException {
    first.fault("*", "*", fault);
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertTrue(first.count("example.org", "MX") >= 1);
    assertEquals(1, second.count("example.org", "MX"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfOneServer")
  void failureOfAllServers_isUnresolvedAndNamesThem(Fault fault) throws InterruptedException {
    first.fault("*", "*", fault);
    second.fault("*", "*", Fault.refused());
    MxAnswer.Unresolved answer = (MxAnswer.Unresolved) client.exchanges(EXAMPLE);
    assertTrue(answer.why().startsWith("127.0.0.1:" + first.address().getPort() + " "));
    assertTrue(answer.why().endsWith("127.0.0.1:" + second.address().getPort() + " REFUSED"));
  }

  @Test
  void closedPort_isToldInWords() throws InterruptedException {
    first.close();
    second.close();
    MxAnswer.Unresolved answer = (MxAnswer.Unresolved) client.exchanges(EXAMPLE);
    assertTrue(answer.why().contains("cannot be reached"), answer.why());
    assertFalse(answer.why().contains("null"), answer.why());
  }

  @Test
  void absence_isFinal() throws InterruptedException {
    client.exchanges(new Domain("absent.org"));
    assertEquals(1, first.queries().size());
    assertEquals(0, second.queries().size());
  }

  @Test
  void silentServer_costsOneTryOnceAHalfMinute() throws InterruptedException {
    first.fault("*", "*", Fault.drop());
    try (DnsClient impatient = Clients.impatient(first, second).clock(clock).build()) {
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> impatient.exchanges(EXAMPLE));
      assertEquals(1, first.queries().size());
      assertEquals(1, second.queries().size());
      impatient.exchanges(new Domain("other.org"));
      assertEquals(1, first.queries().size(), "a silent server is asked last");
      first.clearFaults();
      clock.advance(Duration.ofSeconds(31));
      impatient.exchanges(new Domain("third.org"));
      assertEquals(2, first.queries().size(), "it gets another chance");
    }
  }

  @Test
  void passingFailure_isRepeatedInAnotherRound() throws InterruptedException {
    first.fault("*", "*", Fault.servfail().times(1));
    second.fault("*", "*", Fault.servfail());
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertEquals(2, first.queries().size());
    assertEquals(1, second.queries().size());
  }

  @Test
  void refusal_isNotRepeated() throws InterruptedException {
    first.fault("*", "*", Fault.refused());
    second.fault("*", "*", Fault.notimp());
    client.exchanges(EXAMPLE);
    assertEquals(1, first.queries().size());
    assertEquals(1, second.queries().size());
  }

  @Test
  void formerrToEdns_isAskedAgainWithoutIt() throws InterruptedException {
    first.fault("*", "*", Fault.formerrToEdns());
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertEquals(2, first.queries().size());
    assertTrue(first.queries().get(0).edns());
    assertFalse(first.queries().get(1).edns());
    assertEquals(0, second.queries().size());
  }

  @Test
  void truncatedAnswer_isFetchedOverTcp() throws InterruptedException {
    first.fault("*", "*", Fault.truncate());
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertEquals(0, second.queries().size());
  }

  @Test
  void referral_isNoAnswer() throws InterruptedException {
    // An authority section with NS records only says "ask somebody else".
    first.set("example.org. 300 SOA ns.example.org. h.example.org. 1 2 3 4 5");
    first.fault("*", "*", Fault.mangle(DnsClientFailoverTest::soaToNs));
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertEquals(1, second.queries().size());
  }

  /** Turns the SOA record behind a question for example.org MX into an NS record. */
  private static byte[] soaToNs(byte[] wire) {
    byte[] changed = wire.clone();
    int record = 12 + "example.org".length() + 2 + 4;
    changed[record + 3] = 2; // the type, behind a compressed owner
    changed[record + 11] = 5; // the length: ns and a pointer
    byte[] cut = Arrays.copyOf(changed, record + 12 + 5);
    cut[11] = 0; // no OPT record
    return cut;
  }

  @Test
  void allSilent_endsWithinTheTotal() {
    first.fault("*", "*", Fault.drop());
    second.fault("*", "*", Fault.drop());
    try (DnsClient brief =
        Clients.impatient(first, second).tries(50).total(Duration.ofMillis(1000)).build()) {
      MxAnswer answer =
          assertTimeoutPreemptively(Duration.ofSeconds(6), () -> brief.exchanges(EXAMPLE));
      String why = ((MxAnswer.Unresolved) answer).why();
      assertTrue(why.startsWith("no answer within 1 s: 127.0.0.1:"), why);
      assertTrue(why.endsWith(" no answer within 700 ms"), why);
    }
  }

  @Test
  void noServerAtAll_recoversWhenItComes() throws InterruptedException {
    first.close();
    second.fault("*", "*", Fault.refused());
    try (DnsClient impatient = Clients.impatient(first, second).tries(1).build()) {
      assertInstanceOf(MxAnswer.Unresolved.class, impatient.exchanges(EXAMPLE));
      second.clearFaults();
      assertEquals("10 mx.example.org", Clients.line(impatient.exchanges(EXAMPLE)));
    }
  }
}
