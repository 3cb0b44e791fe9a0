package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteNote;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;

/** MTA-STS from the DNS to the plan, over a real HTTPS server. */
class MtaStsTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.of("mta-sts.example.org");
  private static final String ZONE =
      """
      example.org           MX   10 good.example.org
      example.org           MX   20 stranger.example.net
      good.example.org      A    127.0.0.2
      good.example.org      A    127.0.0.3
      stranger.example.net  A    127.0.0.4
      _mta-sts.example.org  TXT  v=STSv1; id=1;
      mta-sts.example.org   A    127.0.0.1
      """;

  private final FakeMxResolver dns = FakeMxResolver.of(ZONE);
  private final ScriptedHttpsServer https = ScriptedHttpsServer.start(CERTIFICATE);

  @AfterEach
  void stop() {
    https.close();
  }

  private void serve(String mode, String mx) {
    https.serve("version: STSv1\nmode: " + mode + "\nmx: " + mx + "\nmax_age: 86400\n");
  }

  private MailRouter.Builder builder() {
    return MailRouter.builder()
        .resolver(dns)
        .addressPolicy(AddressPolicy.allowAll())
        .mtaSts(
            StsOptions.standard()
                .withPort(https.port())
                .withTrust(CERTIFICATE.trustingContext())
                .withTimeout(Duration.ofSeconds(30)));
  }

  private TlsPlan plan(String destination) throws InterruptedException {
    try (MailRouter router = builder().build()) {
      return router.plan(destination);
    }
  }

  private static List<String> exchanges(TlsPlan plan) {
    return plan.routes().stream().map(Route::exchange).distinct().toList();
  }

  private static List<String> notes(TlsPlan plan, RouteNote.Kind kind) {
    return plan.decision().trail().notes().stream()
        .filter(n -> n.kind() == kind && n.why().contains("MTA-STS"))
        .map(RouteNote::exchange)
        .toList();
  }

  @Test
  void enforced_keepsWhatMatchesAndDemandsItsVerification() throws InterruptedException {
    serve("enforce", "*.example.org");
    TlsPlan plan = plan("example.org");
    assertEquals(List.of("good.example.org"), exchanges(plan));
    assertEquals(2, plan.routes().size());
    for (Route route : plan.routes()) {
      assertEquals(TlsDemand.STS, plan.demand(route, TlsDemand.OPPORTUNISTIC));
    }
    assertEquals(List.of("stranger.example.net"), notes(plan, RouteNote.Kind.TLS_POLICY));
  }

  @Test
  void backupThatAloneMatches_staysABackup() throws InterruptedException {
    serve("enforce", "stranger.example.net");
    RouteDecision.Attempt attempt =
        assertInstanceOf(RouteDecision.Attempt.class, plan("example.org").decision());
    assertEquals(10, attempt.bestPreference());
    assertEquals(1, attempt.routes().size());
  }

  @Test
  void enforcedWithoutAnyMatch_waits() throws InterruptedException {
    serve("enforce", "example.org");
    RouteDecision.Defer defer =
        assertInstanceOf(RouteDecision.Defer.class, plan("example.org").decision());
    assertEquals("4.7.5", defer.status().toString());
    assertEquals(RouteDecision.Reason.TLS_POLICY, defer.reason());
    assertEquals("no exchange of example.org matches its MTA-STS policy", defer.why());
  }

  @Test
  void testing_changesNothingAndSaysSo() throws InterruptedException {
    serve("testing", "good.example.org");
    TlsPlan plan = plan("example.org");
    assertEquals(List.of("good.example.org", "stranger.example.net"), exchanges(plan));
    assertEquals(
        TlsDemand.OPPORTUNISTIC, plan.demand(plan.routes().get(0), TlsDemand.OPPORTUNISTIC));
    assertEquals(List.of("stranger.example.net"), notes(plan, RouteNote.Kind.KEPT));
  }

  @Test
  void modeNone_changesNothing() throws InterruptedException {
    serve("none", "good.example.org");
    TlsPlan plan = plan("example.org");
    assertEquals(2, exchanges(plan).size());
    assertEquals(List.of(), notes(plan, RouteNote.Kind.KEPT));
  }

  @Test
  void policyThatCannotBeFetched_isNoneAndSaysSo() throws InterruptedException {
    TlsPlan plan = plan("example.org");
    assertEquals(2, exchanges(plan).size());
    assertEquals(List.of("example.org"), notes(plan, RouteNote.Kind.KEPT));
  }

  /** RFC 8461, 4.1: the domain's own name is matched where it is its own exchange. */
  @ParameterizedTest
  @CsvSource({"example.org, 1", "'*.example.org', 0"})
  void implicitMx_isMatchedToo(String mx, int routes) throws InterruptedException {
    dns.become(ZONE.replaceAll("(?m)^example.org .*$", "") + "example.org A 127.0.0.9\n");
    serve("enforce", mx);
    assertEquals(routes, plan("example.org").routes().size());
  }

  /** T-TLS-9: the policy is that of the recipient's domain, not of what it is an alias of. */
  @Test
  void alias_isAskedUnderItsOwnName() throws InterruptedException {
    dns.become(ZONE + "alias.example CNAME example.org\n");
    serve("enforce", "nobody.example");
    assertEquals(2, exchanges(plan("alias.example")).size());
    assertEquals(1, dns.asked().stream().filter("TXT _mta-sts.alias.example"::equals).count());
    assertEquals(List.of(), https.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[127.0.0.1]", "static.example", "a..b", "nowhere.example"})
  void whatHasNoMx_isNotAskedForAPolicy(String destination) throws InterruptedException {
    try (MailRouter router = builder().route("static.example", "127.0.0.1").build()) {
      TlsPlan plan = router.plan(destination);
      plan.routes()
          .forEach(
              r -> assertEquals(TlsDemand.OPPORTUNISTIC, plan.demand(r, TlsDemand.OPPORTUNISTIC)));
    }
    assertEquals(List.of(), dns.asked().stream().filter(q -> q.startsWith("TXT")).toList());
  }

  @Test
  void turnedOff_asksNothing() throws InterruptedException {
    serve("enforce", "nobody.example");
    try (MailRouter router = builder().noMtaSts().build()) {
      assertEquals(2, exchanges(router.plan("example.org")).size());
    }
    assertEquals(List.of(), https.requests());
  }

  @Test
  void policyHostInside_isNotAskedByDefault() throws InterruptedException {
    serve("enforce", "nobody.example");
    dns.become(ZONE.replaceAll("127\\.0\\.0\\.([234])", "192.0.2.$1"));
    try (MailRouter router = builder().addressPolicy(AddressPolicy.publicOnly()).build()) {
      assertEquals(2, exchanges(router.plan("example.org")).size());
    }
    assertEquals(List.of(), https.requests());
  }

  @Test
  void closedRouter_stillAnswersWithoutFetching() throws InterruptedException {
    serve("enforce", "*.example.org");
    MailRouter router = builder().build();
    router.close();
    assertEquals(2, exchanges(router.plan("example.org")).size());
    assertEquals(List.of(), https.requests());
  }

  @Test
  void badOptions_areNamed() {
    StsOptions options = StsOptions.standard();
    assertThrows(IllegalArgumentException.class, () -> options.withPort(0));
    assertThrows(IllegalArgumentException.class, () -> options.withTimeout(Duration.ZERO));
  }
}
