package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.MailRouter;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteNote;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

/** DANE from the DNS to the plan (RFC 7672, 2). */
class DaneTest {

  private static final String KEY = "ab".repeat(32);
  private static final String SIGNED =
      """
      example.org               SIGNED
      example.org               MX    10 mx.example.org
      mx.example.org            A     127.0.0.1
      """;
  private static final String TLSA = "_25._tcp.mx.example.org TLSA 3 1 1 " + KEY + "\n";

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeMxResolver dns = FakeMxResolver.of("", clock);

  private MailRouter.Builder builder() {
    return MailRouter.builder()
        .resolver(dns)
        .clock(clock)
        .addressPolicy(AddressPolicy.allowAll())
        .noMtaSts();
  }

  private TlsPlan plan(String zone) throws InterruptedException {
    return plan(zone, builder());
  }

  private TlsPlan plan(String zone, MailRouter.Builder builder) throws InterruptedException {
    dns.become(zone);
    try (MailRouter router = builder.build()) {
      return router.plan("example.org");
    }
  }

  /** Each exchange with what it demands, such as {@code mx.example.org VERIFIED dane}. */
  private static List<String> demands(TlsPlan plan) {
    List<String> all = new ArrayList<>();
    for (Route route : plan.routes()) {
      TlsDemand demand = plan.demand(route, TlsDemand.OPPORTUNISTIC);
      all.add(route.exchange() + " " + demand.level() + " " + demand.reason());
    }
    return all;
  }

  private static DaneIdentity identity(TlsPlan plan) {
    return plan.demand(plan.routes().get(0), TlsDemand.OPPORTUNISTIC).dane().orElseThrow();
  }

  private static String notes(TlsPlan plan) {
    return plan.decision().trail().notes().stream()
        .map(n -> n.exchange() + ": " + n.why())
        .toList()
        .toString();
  }

  @Test
  void signedExchangeWithTlsa_isVerifiedByIt() throws InterruptedException {
    TlsPlan plan = plan(SIGNED + TLSA);
    assertEquals(List.of("mx.example.org VERIFIED dane"), demands(plan));
    DaneIdentity identity = identity(plan);
    assertEquals("mx.example.org", identity.base());
    assertEquals(List.of("mx.example.org", "example.org"), identity.names());
    assertEquals(Vouching.VOUCHED, plan.vouching(plan.routes().get(0)));
    assertTrue(notes(plan).contains("mx.example.org: DANE: verified by TLSA 3 1 1 abab"));
  }

  /** RFC 7672, 2.2.1: DANE all the same, but the domain's own name proves nothing. */
  @Test
  void unsignedMxAtASignedExchange_isVerifiedByIt() throws InterruptedException {
    TlsPlan plan =
        plan(
            """
            example.org               MX    10 mx.host.example
            host.example              SIGNED
            mx.host.example           A     127.0.0.1
            _25._tcp.mx.host.example  TLSA  2 0 1 KEY
            """
                .replace("KEY", KEY));
    assertEquals(List.of("mx.host.example VERIFIED dane"), demands(plan));
    assertEquals(List.of("mx.host.example"), identity(plan).names());
    assertEquals(Vouching.NOBODY, plan.vouching(plan.routes().get(0)));
  }

  @Test
  void unsignedExchange_isNotAskedForTlsa() throws InterruptedException {
    TlsPlan plan = plan((SIGNED + TLSA).replace("SIGNED", "EXISTS"));
    assertEquals(List.of("mx.example.org OPPORTUNISTIC default"), demands(plan));
    assertTrue(dns.asked().stream().noneMatch(q -> q.startsWith("TLSA")), dns.asked()::toString);
    assertTrue(notes(plan).contains("no DANE: its addresses are not authenticated by DNSSEC"));
  }

  @Test
  void signedExchangeWithoutTlsa_isFree() throws InterruptedException {
    TlsPlan plan = plan(SIGNED);
    assertEquals(List.of("mx.example.org OPPORTUNISTIC default"), demands(plan));
    assertTrue(notes(plan).contains("no DANE: it has no TLSA records"), notes(plan));
    assertEquals(Vouching.VOUCHED, plan.vouching(plan.routes().get(0)));
  }

  @Test
  void tlsaBehindAnAliasToAnUnsignedZone_doNotCount() throws InterruptedException {
    TlsPlan plan =
        plan(
            SIGNED
                + "_25._tcp.mx.example.org CNAME tlsa.unsigned.example\n"
                + "tlsa.unsigned.example TLSA 3 1 1 "
                + KEY);
    assertEquals(List.of("mx.example.org OPPORTUNISTIC default"), demands(plan));
  }

  /** RFC 7672, 2.1.2: never plaintext, never without DANE. */
  @Test
  void tlsaLookupFails_exchangeIsLeftOut() throws InterruptedException {
    TlsPlan plan =
        plan(
            SIGNED
                + """
                _25._tcp.mx.example.org   TLSA  SERVFAIL
                example.org               MX    20 backup.example.org
                backup.example.org        A     127.0.0.2
                """);
    assertEquals(List.of("backup.example.org OPPORTUNISTIC default"), demands(plan));
    RouteDecision.Attempt attempt = (RouteDecision.Attempt) plan.decision();
    assertTrue(attempt.isBackup(attempt.routes().get(0)));
    RouteNote note =
        attempt.trail().notes().stream()
            .filter(n -> n.kind() == RouteNote.Kind.TLS_POLICY)
            .findFirst()
            .orElseThrow();
    assertEquals("mx.example.org", note.exchange());
  }

  @Test
  void everyTlsaLookupFails_mailWaits() throws InterruptedException {
    RouteDecision.Defer defer =
        assertInstanceOf(
            RouteDecision.Defer.class,
            plan(SIGNED + "_25._tcp.mx.example.org TLSA SERVFAIL\n").decision());
    assertEquals("4.7.5", defer.status().toString());
    assertEquals(RouteDecision.Reason.TLS_POLICY, defer.reason());
    assertEquals(
        "mx.example.org: its TLSA records cannot be looked up: SERVFAIL for TLSA of"
            + " _25._tcp.mx.example.org",
        defer.why());
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 1 32",
    "1 1 1 32",
    "4 1 1 32",
    "255 255 255 32",
    "3 2 1 32",
    "3 1 3 32",
    "3 1 1 31",
    "3 1 1 0",
    "3 1 2 32",
    "3 0 0 9",
    "2 1 0 9",
    "3 0 0 0",
    "3 1 0 1"
  })
  void unusableRecords_demandEncryptionOfWhomever(String record) throws InterruptedException {
    int space = record.lastIndexOf(' ');
    String data = "ab".repeat(Integer.parseInt(record.substring(space + 1)));
    TlsPlan plan =
        plan(SIGNED + "_25._tcp.mx.example.org TLSA " + record.substring(0, space) + " " + data);
    assertEquals(List.of("mx.example.org ENCRYPTED dane"), demands(plan));
    assertTrue(notes(plan).contains("none of 1 TLSA records"), notes(plan));
  }

  @Test
  void unusableBesideUsable_areIgnored() throws InterruptedException {
    TlsPlan plan = plan(SIGNED + TLSA + "_25._tcp.mx.example.org TLSA 1 1 1 " + KEY);
    assertEquals(1, identity(plan).records().size());
    assertEquals(3, identity(plan).records().get(0).usage());
  }

  /** RFC 7672, 2.2.2: the name that the aliases lead to, then the name itself. */
  @Test
  void securelyAliasedExchange_hasTheTlsaOfItsTarget() throws InterruptedException {
    String aliased =
        """
        example.org               SIGNED
        host.example              SIGNED
        example.org               MX    10 mx.example.org
        mx.example.org            CNAME real.host.example
        real.host.example         A     127.0.0.1
        """;
    TlsPlan target = plan(aliased + TLSA + "_25._tcp.real.host.example TLSA 3 1 1 " + KEY);
    assertEquals("real.host.example", identity(target).base());
    assertEquals(
        List.of("real.host.example", "mx.example.org", "example.org"), identity(target).names());
    TlsPlan own = plan(aliased + TLSA);
    assertEquals("mx.example.org", identity(own).base());
    assertEquals(List.of("mx.example.org", "example.org"), identity(own).names());
    TlsPlan broken = plan(aliased + TLSA + "_25._tcp.real.host.example TLSA SERVFAIL");
    assertInstanceOf(RouteDecision.Defer.class, broken.decision());
  }

  /** RFC 7672, 2.2.2: the alias itself is authentic, so its own name may have records. */
  @Test
  void signedAliasToAnUnsignedHost_hasTheTlsaOfItsOwnName() throws InterruptedException {
    String aliased =
        """
        example.org               SIGNED
        example.org               MX    10 mx.example.org
        mx.example.org            CNAME real.host.example
        real.host.example         A     127.0.0.1
        """;
    TlsPlan plan = plan(aliased + TLSA + "_25._tcp.real.host.example TLSA 3 1 1 " + KEY);
    assertEquals("mx.example.org", identity(plan).base());
    assertTrue(dns.asked().contains("CNAME mx.example.org"), dns.asked()::toString);
    assertTrue(dns.asked().stream().noneMatch(q -> q.contains("_tcp.real")), dns.asked()::toString);
    TlsPlan unsigned = plan((aliased + TLSA).replace("SIGNED", "EXISTS"));
    assertEquals(List.of("mx.example.org OPPORTUNISTIC default"), demands(unsigned));
  }

  @Test
  void aliasOfTheDomain_addsItsTargetToTheNames() throws InterruptedException {
    TlsPlan plan =
        plan(
            """
            example.org               SIGNED
            example.org               CNAME mail.example.org
            mail.example.org          MX    10 mx.example.org
            mx.example.org            A     127.0.0.1
            """
                + TLSA);
    assertEquals(
        List.of("mx.example.org", "example.org", "mail.example.org"), identity(plan).names());
  }

  @Test
  void implicitMx_mayHaveTlsa() throws InterruptedException {
    TlsPlan plan =
        plan(
            """
            example.org           SIGNED
            example.org           A     127.0.0.1
            _25._tcp.example.org  TLSA  3 1 1 KEY
            """
                .replace("KEY", KEY));
    assertEquals(List.of("example.org VERIFIED dane"), demands(plan));
    assertEquals(Vouching.VOUCHED, plan.vouching(plan.routes().get(0)));
  }

  @Test
  void staticRoute_mayHaveTlsaAtItsPort() throws InterruptedException {
    String zone =
        """
        smart.example             SIGNED
        smart.example             A     127.0.0.1
        _587._tcp.smart.example   TLSA  3 1 1 KEY
        """
            .replace("KEY", KEY);
    TlsPlan plan = plan(zone, builder().smartHost("smart.example:587"));
    assertEquals(List.of("smart.example VERIFIED dane"), demands(plan));
    TlsPlan other = plan(zone, builder().smartHost("smart.example:2525"));
    assertEquals(List.of("smart.example OPPORTUNISTIC default"), demands(other));
    assertEquals(Vouching.VOUCHED, other.vouching(other.routes().get(0)));
  }

  @Test
  void hostsWithoutADnsName_areNotAskedFor() throws InterruptedException {
    TlsPlan plan = plan("", builder().smartHost("127.0.0.1", "localhost"));
    assertTrue(demands(plan).contains("localhost OPPORTUNISTIC default"), demands(plan)::toString);
    assertEquals(List.of(), dns.asked());
  }

  @Test
  void noDane_asksForNothing() throws InterruptedException {
    TlsPlan plan = plan(SIGNED + TLSA, builder().noDane());
    assertEquals(List.of("mx.example.org OPPORTUNISTIC default"), demands(plan));
    assertTrue(dns.asked().stream().noneMatch(q -> q.startsWith("TLSA")), dns.asked()::toString);
  }

  @Test
  void addressesOfOneExchange_areAskedForOnce() throws InterruptedException {
    TlsPlan plan = plan(SIGNED + TLSA + "mx.example.org A 127.0.0.2\n");
    assertEquals(2, plan.routes().size());
    assertEquals(1, dns.asked().stream().filter(q -> q.startsWith("TLSA")).count());
  }

  @Test
  void slowDns_leavesOutWhatItCannotAskInTime() throws InterruptedException {
    StringBuilder zone = new StringBuilder("example.org SIGNED\n");
    for (int i = 0; i < 4; i++) {
      zone.append("example.org MX ")
          .append(10 + i)
          .append(" mx")
          .append(i)
          .append(".example.org\n");
      zone.append("mx").append(i).append(".example.org A 127.0.0.").append(i + 1).append("\n");
    }
    // Routing: one question and four hosts; then two for each of the exchanges that is in time.
    dns.beforeAnswer(() -> clock.advance(Duration.ofSeconds(5)));
    TlsPlan plan = plan(zone.toString(), builder().budget(Duration.ofHours(1)));
    assertEquals(3, plan.routes().size());
    assertTrue(notes(plan).contains("mx3.example.org: its TLSA records cannot be looked up"));
  }

  @Test
  void sts_keepsItsSayWhereNobodyVouchesForTheMx() throws InterruptedException {
    TlsPlan plan = combined(Vouching.NOBODY, false);
    assertInstanceOf(RouteDecision.Defer.class, plan.decision());
    assertEquals(List.of("mx.example.org VERIFIED dane"), demands(combined(Vouching.NOBODY, true)));
  }

  /** RFC 8461, 2: no policy overrides DANE. */
  @Test
  void sts_hasNoSayWhereDnssecVouchesForTheMx() throws InterruptedException {
    assertEquals(
        List.of("mx.example.org VERIFIED dane"), demands(combined(Vouching.VOUCHED, false)));
  }

  /** What becomes of an exchange with TLSA records under an enforced MTA-STS policy. */
  private TlsPlan combined(Vouching ofDnssec, boolean matches) throws InterruptedException {
    TlsPlan byDane = plan(SIGNED + TLSA).vouchedFor(ofDnssec);
    RouteDecision.Attempt attempt = (RouteDecision.Attempt) byDane.decision();
    StsPolicy policy =
        new StsPolicy(
            StsPolicy.Mode.ENFORCE,
            List.of(matches ? "mx.example.org" : "mx.elsewhere.example"),
            Duration.ofDays(1));
    TlsPlan bySts =
        StsDecider.decide(
            new Domain("example.org"), attempt, new StsFinding(Optional.of(policy), ""));
    return DaneFirst.combine(byDane, bySts);
  }

  @Test
  void unusableRecords_giveWayToSts() throws InterruptedException {
    TlsPlan byDane = plan(SIGNED + "_25._tcp.mx.example.org TLSA 0 0 1 " + KEY);
    TlsPlan plan = DaneFirst.combine(byDane, TlsPlan.of(byDane.decision(), TlsDemand.STS));
    assertEquals(List.of("mx.example.org VERIFIED sts"), demands(plan));
  }
}
