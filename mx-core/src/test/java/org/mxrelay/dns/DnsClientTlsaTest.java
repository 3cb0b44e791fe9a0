package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.TlsaResolver.AliasTrust;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

/** TLSA records, the aliases on the way to them, and our own validation. */
class DnsClientTlsaTest {

  private static final Domain NAME = new Domain("_25._tcp.mx.example.org");
  private static final String KEY = "ab".repeat(32);

  private final ScriptedDnsServer server =
      ScriptedDnsServer.start("_25._tcp.mx.example.org. TLSA 3 1 1 " + KEY + "\n");

  @AfterEach
  void stop() {
    server.close();
  }

  private TlsaAnswer ask(DnsClient.Builder options) throws InterruptedException {
    try (DnsClient client = options.build()) {
      return client.tlsa(NAME);
    }
  }

  @Test
  void records_areReadWithTheirSecurity() throws InterruptedException {
    TlsaAnswer.Records plain = assertInstanceOf(TlsaAnswer.Records.class, ask(Clients.of(server)));
    assertEquals(List.of(new TlsaRecord(3, 1, 1, KEY)), plain.records());
    assertFalse(plain.facts().isAuthenticated());
    server.fault("*", "*", Fault.authenticated());
    assertTrue(ask(Clients.of(server)).facts().isAuthenticated());
    assertFalse(ask(Clients.of(server).dnssec(Dnssec.off())).facts().isAuthenticated());
  }

  @Test
  void cache_keepsTheSecurity() throws InterruptedException {
    server.fault("*", "*", Fault.authenticated().times(1));
    try (DnsClient client = Clients.of(server).build()) {
      assertTrue(client.tlsa(NAME).facts().isAuthenticated());
      assertTrue(client.tlsa(NAME).facts().isAuthenticated());
    }
    assertEquals(1, server.count(NAME.name(), "TLSA"));
  }

  @Test
  void aliases_areFollowedAndEachMustBeAuthentic() throws InterruptedException {
    server.set(
        "_25._tcp.mx.example.org. CNAME keys.example.net.\nkeys.example.net. TLSA 3 1 1 "
            + KEY
            + "\n");
    server.fault("*", "*", Fault.authenticated(), Fault.aliasOnly());
    assertTrue(ask(Clients.of(server)).facts().isAuthenticated());
    server.fault("*", "*");
    server.fault(NAME.name(), "*", Fault.authenticated(), Fault.aliasOnly());
    TlsaAnswer half = ask(Clients.of(server));
    assertInstanceOf(TlsaAnswer.Records.class, half);
    assertFalse(half.facts().isAuthenticated());
    assertEquals("keys.example.net", half.facts().canonicalName().orElseThrow().name());
  }

  @Test
  void aliasItself_isTrustedByItsOwnAnswer() throws InterruptedException {
    server.set("mx.example.org. CNAME real.example.net.\nreal.example.net. A 192.0.2.1\n");
    server.fault("*", "CNAME", Fault.authenticated());
    try (DnsClient client = Clients.of(server).build()) {
      assertEquals(AliasTrust.AUTHENTICATED, client.aliasTrust(new Domain("mx.example.org")));
      assertEquals(AliasTrust.UNAUTHENTICATED, client.aliasTrust(new Domain("real.example.net")));
    }
    server.fault("*", "CNAME", Fault.servfail());
    try (DnsClient client = Clients.of(server).tries(1).build()) {
      assertEquals(AliasTrust.UNRESOLVED, client.aliasTrust(new Domain("mx.example.org")));
    }
  }

  @Test
  void absence_isNoFailure() throws InterruptedException {
    server.set("mx.example.org. A 192.0.2.1\n");
    assertInstanceOf(TlsaAnswer.NoTlsa.class, ask(Clients.of(server)));
    server.fault("*", "TLSA", Fault.servfail());
    TlsaAnswer.Unresolved failed =
        assertInstanceOf(TlsaAnswer.Unresolved.class, ask(Clients.of(server).tries(1)));
    assertTrue(failed.why().endsWith("SERVFAIL"), failed::why);
  }

  @Test
  void thousandsOfRecords_areCut() throws InterruptedException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      zone.append("_25._tcp.mx.example.org. TLSA 3 1 1 ")
          .append(String.format(Locale.ROOT, "%064x%n", i));
    }
    server.set(zone.toString());
    TlsaAnswer.Records cut = assertInstanceOf(TlsaAnswer.Records.class, ask(Clients.of(server)));
    assertEquals(64, cut.records().size());
    assertEquals(List.of("only the first 64 of 1000 TLSA records used"), cut.facts().notes());
  }

  @Test
  void hugeRecord_isThereButHoldsNothing() throws InterruptedException {
    server.set("_25._tcp.mx.example.org. TLSA 3 0 0 " + "ab".repeat(20_000) + "\n");
    TlsaAnswer.Records huge = assertInstanceOf(TlsaAnswer.Records.class, ask(Clients.of(server)));
    assertEquals(List.of(new TlsaRecord(3, 0, 0, "")), huge.records());
  }

  /** A key that was taken back must not come back. */
  @Test
  void oldRecords_neverStandIn() throws InterruptedException {
    ManualClock clock = ManualClock.at(Clients.START);
    try (DnsClient client =
        Clients.of(server).clock(clock).tries(1).serveStale(Duration.ofDays(1)).build()) {
      assertInstanceOf(TlsaAnswer.Records.class, client.tlsa(NAME));
      clock.advance(Duration.ofHours(1));
      server.fault("*", "*", Fault.servfail());
      assertInstanceOf(TlsaAnswer.Unresolved.class, client.tlsa(NAME));
    }
  }

  /** What lies below no anchor is unsigned, whatever a server claims. */
  @Test
  void ourOwnValidation_believesNoFlag() throws InterruptedException {
    server.fault("*", "*", Fault.authenticated());
    String elsewhere = "elsewhere.example. DS 1 8 2 " + "ab".repeat(32);
    TlsaAnswer answer =
        ask(Clients.of(server).dnssec(Dnssec.validate(new TrustAnchors(elsewhere))));
    assertInstanceOf(TlsaAnswer.Records.class, answer);
    assertFalse(answer.facts().isAuthenticated());
  }

  /** From the root down nothing fits here. */
  @Test
  void ourOwnValidation_takesWhatIsNotSignedForBogus() throws InterruptedException {
    TlsaAnswer answer = ask(Clients.of(server).tries(1).dnssec(Dnssec.validate()));
    assertInstanceOf(TlsaAnswer.Unresolved.class, answer);
    assertTrue(server.count(".", "DNSKEY") > 0, () -> server.queries().toString());
  }

  @Test
  void rootAnchors_areThoseOfBothKeys() {
    String records = TrustAnchors.root().records();
    assertTrue(records.contains("DS 20326 8 2 ") && records.contains("DS 38696 8 2 "), records);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.org. A 192.0.2.1", "not a zone file", "$INCLUDE /etc/passwd"})
  void anchorsWithoutAKey_areRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new TrustAnchors(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "AB", "zz", "a b"})
  void dataThatAreNotHexadecimal_areRefused(String data) {
    assertThrows(IllegalArgumentException.class, () -> new TlsaRecord(3, 1, 1, data));
    assertThrows(IllegalArgumentException.class, () -> new TlsaRecord(256, 1, 1, ""));
    assertThrows(IllegalArgumentException.class, () -> new TlsaRecord(3, -1, 1, ""));
  }
}
