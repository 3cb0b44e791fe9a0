package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AnswerFacts.Security;
import org.mxrelay.dns.TlsaResolver.AliasTrust;
import org.mxrelay.testkit.NameServers;

/** The client against Unbound, which validates what Knot has signed. */
@Tag("interop")
class DnsClientInteropTest {

  private static final String KEY = "0A".repeat(32);
  private static final String TLSA =
      """
      _25._tcp.mx TLSA 3 1 1 KEY
      _25._tcp.mx TLSA 2 0 2 KEYKEY
      _26._tcp.mx CNAME _25._tcp.mx.plain.test.
      _27._tcp.mx CNAME _25._tcp.mx.bogus.test.
      """
          .replace("KEY", KEY);

  @TempDir static Path dir;
  private static NameServers servers;
  private static DnsClient client;

  @BeforeAll
  static void start() throws Exception {
    servers =
        new NameServers(dir, Map.of("secure.test", TLSA, "bogus.test", TLSA, "plain.test", TLSA));
    client = DnsClient.builder().server(servers.resolver()).build();
    try (DnsClient patient =
        DnsClient.builder()
            .server(servers.resolver())
            .tries(30)
            .total(Duration.ofSeconds(30))
            .build()) {
      assertInstanceOf(MxAnswer.Exchanges.class, patient.exchanges(new Domain("plain.test")));
    }
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
      servers.close();
    }
  }

  private static MxAnswer exchanges(String name) throws InterruptedException {
    return client.exchanges(new Domain(name));
  }

  @Test
  void signedZone_isAuthenticated() throws InterruptedException {
    MxAnswer answer = exchanges("secure.test");
    assertEquals("10 mx.secure.test", Clients.line(answer));
    assertEquals(Security.AUTHENTICATED, answer.facts().security());
    AddressAnswer addresses = client.addresses(new Domain("mx.secure.test"));
    assertEquals("2001:db8:0:0:0:0:0:1, 192.0.2.1", Clients.line(addresses));
    assertEquals(Security.AUTHENTICATED, addresses.facts().security());
  }

  @Test
  void signedAbsence_isAuthenticated() throws InterruptedException {
    MxAnswer absent = exchanges("absent.secure.test");
    assertInstanceOf(MxAnswer.NoSuchDomain.class, absent);
    assertEquals(Security.AUTHENTICATED, absent.facts().security());
    MxAnswer without = exchanges("mx.secure.test");
    assertInstanceOf(MxAnswer.NoMx.class, without);
    assertEquals(Security.AUTHENTICATED, without.facts().security());
    assertInstanceOf(MxAnswer.NullMx.class, exchanges("null.secure.test"));
  }

  @Test
  void unsignedZone_isNot() throws InterruptedException {
    MxAnswer answer = exchanges("plain.test");
    assertEquals("10 mx.plain.test", Clients.line(answer));
    assertEquals(Security.UNAUTHENTICATED, answer.facts().security());
  }

  @Test
  void aliasOutOfTheSignedZone_isNotAuthenticated() throws InterruptedException {
    MxAnswer inside = exchanges("alias.secure.test");
    assertEquals("10 mx.secure.test", Clients.line(inside));
    assertEquals(Security.AUTHENTICATED, inside.facts().security());
    MxAnswer outside = exchanges("away.secure.test");
    assertEquals("10 mx.plain.test", Clients.line(outside));
    assertEquals(Security.UNAUTHENTICATED, outside.facts().security());
    assertInstanceOf(MxAnswer.NoSuchDomain.class, exchanges("gone.secure.test"));
  }

  @Test
  void bogusZone_isUnresolved() throws InterruptedException {
    MxAnswer answer = exchanges("bogus.test");
    assertTrue(assertInstanceOf(MxAnswer.Unresolved.class, answer).why().endsWith("SERVFAIL"));
  }

  @Test
  void largeSet_comesWhole() throws InterruptedException {
    MxAnswer.Exchanges answer = (MxAnswer.Exchanges) exchanges("many.secure.test");
    assertEquals(400, answer.records().size());
    assertEquals(Security.AUTHENTICATED, answer.facts().security());
  }

  @Test
  void tlsaRecords_areAsAuthenticAsTheirZones() throws InterruptedException {
    TlsaAnswer.Records secure = (TlsaAnswer.Records) tlsa(client, "_25._tcp.mx.secure.test");
    assertEquals(2, secure.records().size());
    assertTrue(secure.facts().isAuthenticated());
    assertTrue(
        secure.records().contains(new TlsaRecord(3, 1, 1, KEY.toLowerCase(Locale.ROOT))),
        secure::toString);
    assertFalse(tlsa(client, "_25._tcp.mx.plain.test").facts().isAuthenticated());
    assertFalse(tlsa(client, "_26._tcp.mx.secure.test").facts().isAuthenticated());
    assertInstanceOf(TlsaAnswer.Unresolved.class, tlsa(client, "_27._tcp.mx.secure.test"));
    TlsaAnswer absent = tlsa(client, "_28._tcp.mx.secure.test");
    assertInstanceOf(TlsaAnswer.NoTlsa.class, absent);
    assertTrue(absent.facts().isAuthenticated());
  }

  private static TlsaAnswer tlsa(DnsClient by, String name) throws InterruptedException {
    return by.tlsa(new Domain(name));
  }

  @Test
  void signedAlias_isTrustedWhateverItsTarget() throws InterruptedException {
    assertEquals(AliasTrust.AUTHENTICATED, client.aliasTrust(new Domain("away.secure.test")));
    assertEquals(AliasTrust.UNAUTHENTICATED, client.aliasTrust(new Domain("away.plain.test")));
    assertEquals(AliasTrust.UNAUTHENTICATED, client.aliasTrust(new Domain("mx.secure.test")));
    assertEquals(AliasTrust.UNRESOLVED, client.aliasTrust(new Domain("away.bogus.test")));
  }

  /**
   * Without a resolver that could be trusted: the signatures come from Knot, or through Unbound.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ourOwnValidation_agreesWithUnbound(boolean direct) throws InterruptedException {
    String keys = servers.anchors();
    String anchors = keys + keys.replaceAll("secure\\.test", "bogus.test");
    try (DnsClient own =
        DnsClient.builder()
            .server(direct ? servers.authority() : servers.resolver())
            .dnssec(Dnssec.validate(new TrustAnchors(anchors)))
            .build()) {
      MxAnswer mx = own.exchanges(new Domain("secure.test"));
      assertEquals("10 mx.secure.test", Clients.line(mx));
      assertTrue(mx.facts().isAuthenticated());
      assertTrue(own.addresses(new Domain("mx.secure.test")).facts().isAuthenticated());
      TlsaAnswer tlsa = tlsa(own, "_25._tcp.mx.secure.test");
      assertInstanceOf(TlsaAnswer.Records.class, tlsa);
      assertTrue(tlsa.facts().isAuthenticated());
      assertTrue(tlsa(own, "_28._tcp.mx.secure.test").facts().isAuthenticated());
      MxAnswer plain = own.exchanges(new Domain("plain.test"));
      assertEquals("10 mx.plain.test", Clients.line(plain));
      assertFalse(plain.facts().isAuthenticated());
      MxAnswer bogus = own.exchanges(new Domain("bogus.test"));
      assertTrue(assertInstanceOf(MxAnswer.Unresolved.class, bogus).why().endsWith("SERVFAIL"));
    }
  }

  @Test
  void authoritativeServer_isAskedForAliasTargetsItDoesNotAdd() throws InterruptedException {
    try (DnsClient direct = DnsClient.builder().server(servers.authority()).build()) {
      MxAnswer answer = direct.exchanges(new Domain("away.secure.test"));
      assertEquals("10 mx.plain.test", Clients.line(answer));
      assertEquals(Security.UNAUTHENTICATED, answer.facts().security());
      MxAnswer foreign = direct.exchanges(new Domain("example.org"));
      assertTrue(assertInstanceOf(MxAnswer.Unresolved.class, foreign).why().endsWith("REFUSED"));
    }
  }
}
