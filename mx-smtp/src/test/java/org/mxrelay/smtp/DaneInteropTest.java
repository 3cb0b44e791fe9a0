package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.MailRouter;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.testkit.NameServers;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsPlan;

/**
 * DANE with real parts: Knot signs the zones, Unbound validates, the exchange shows a certificate
 * that has expired and bears another name.
 */
@Tag("interop")
class DaneInteropTest {

  private static final TestCertificate AUTHORITY = TestCertificate.of("ca.secure.test");
  private static final TestCertificate SHOWN =
      TestCertificate.expired("ca.secure.test", "www.elsewhere.test");
  private static final TestCertificate OTHER = TestCertificate.of("other.secure.test");

  @TempDir static Path dir;
  private static ScriptedSmtpServer exchange;
  private static NameServers servers;
  private static MailRouter router;

  @BeforeAll
  static void start() throws Exception {
    exchange = ScriptedSmtpServer.start().offer("STARTTLS").shows(SHOWN);
    StringBuilder records = new StringBuilder();
    host(records, "ee", "3 1 1", SHOWN);
    host(records, "ta", "2 0 1", AUTHORITY);
    host(records, "wrong", "3 1 1", OTHER);
    host(records, "rolled", "3 1 1", OTHER);
    tlsa(records, "mx-rolled", "3 1 1", SHOWN);
    host(records, "unusable", "1 1 1", SHOWN);
    records.append("none MX 10 mx-none\nmx-none A 127.0.0.1\n");
    records.append("aliased MX 10 mx-aliased\nmx-aliased CNAME mx-ee\n");
    records.append("moved MX 10 mx-ee.secure.test.\n");
    records.append("broken MX 10 mx-broken\nmx-broken A 127.0.0.1\n");
    records.append(owner("mx-broken")).append(" CNAME ").append(owner("mx-ee.bogus.test."));
    try {
      String all = records + "\n";
      servers =
          new NameServers(dir, Map.of("secure.test", all, "bogus.test", all, "plain.test", all));
    } catch (Exception | Error e) {
      exchange.close();
      throw e;
    }
    router =
        MailRouter.builder()
            .dns(servers.resolver())
            .port(exchange.port())
            .addressPolicy(AddressPolicy.allowAll())
            .noMtaSts()
            .build();
    awaitResolver();
  }

  private static void awaitResolver() throws InterruptedException {
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
    if (router != null) {
      router.close();
      servers.close();
      exchange.close();
    }
  }

  private static String owner(String host) {
    return "_" + exchange.port() + "._tcp." + host;
  }

  private static void host(
      StringBuilder records, String name, String form, TestCertificate certificate)
      throws Exception {
    records.append(name).append(" MX 10 mx-").append(name).append("\n");
    records.append("mx-").append(name).append(" A 127.0.0.1\n");
    tlsa(records, "mx-" + name, form, certificate);
  }

  private static void tlsa(
      StringBuilder records, String host, String form, TestCertificate certificate)
      throws Exception {
    byte[] selected =
        form.charAt(2) == '0'
            ? certificate.x509().getEncoded()
            : certificate.x509().getPublicKey().getEncoded();
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(selected));
    records.append(owner(host)).append(" TLSA ").append(form).append(" ").append(digest);
    records.append("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ee.secure.test,       VERIFIED dane,         DANE",
    "ta.secure.test,       VERIFIED dane,         TLS",
    "wrong.secure.test,    VERIFIED dane,         TLS",
    "rolled.secure.test,   VERIFIED dane,         DANE",
    "unusable.secure.test, ENCRYPTED dane,        UNVERIFIED",
    "none.secure.test,     OPPORTUNISTIC default, UNVERIFIED",
    "aliased.secure.test,  VERIFIED dane,         DANE",
    "moved.plain.test,     VERIFIED dane,         DANE",
    "ee.plain.test,        OPPORTUNISTIC default, UNVERIFIED"
  })
  void tlsaRecords_decideWhoPasses(String domain, String demanded, String came) throws Exception {
    TlsPlan plan = router.plan(domain);
    Route route = plan.routes().get(0);
    TlsDemand demand = plan.demand(route, TlsDemand.OPPORTUNISTIC);
    assertEquals(demanded, demand.level() + " " + demand.reason());
    try (SmtpTransport transport = SmtpTransport.builder().helo("me.test").build()) {
      AttemptResult result =
          transport.attempt(Transactions.to(route, "ann@" + domain).with(demand));
      assertEquals(came, outcome(result));
    }
  }

  /** What became of the certificate, or where the session broke. */
  private static String outcome(AttemptResult result) {
    return result
        .results()
        .values()
        .iterator()
        .next()
        .fold(
            (Answered a) -> result.session().tls().orElseThrow().certificate().toString(),
            refused -> "refused",
            lacking -> "lacking",
            next -> "next",
            (Broken b) -> b.stage().toString());
  }

  @Test
  void bogusTlsa_leavesTheExchangeOut() throws InterruptedException {
    RouteDecision.Defer defer =
        assertInstanceOf(RouteDecision.Defer.class, router.plan("broken.secure.test").decision());
    assertEquals("4.7.5", defer.status().toString());
    assertEquals(List.of(), defer.routes());
  }
}
