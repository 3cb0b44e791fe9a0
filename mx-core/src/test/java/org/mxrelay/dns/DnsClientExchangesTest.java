package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.DnsQuery;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientExchangesTest {

  private static final Domain EXAMPLE = new Domain("example.org");

  private final ScriptedDnsServer server = ScriptedDnsServer.start("");
  private final DnsClient client = Clients.of(server).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private MxAnswer exchanges(String... zone) throws InterruptedException {
    server.set(Clients.zone(zone));
    return client.exchanges(EXAMPLE);
  }

  @Test
  void records_comeByPreference() throws InterruptedException {
    MxAnswer answer =
        exchanges(
            "example.org. 300 MX 20 B.example.org.",
            "example.org. 300 MX 5 a.example.net.",
            "example.org. 300 MX 20 c.example.org.");
    assertEquals("5 a.example.net, 20 b.example.org, 20 c.example.org", Clients.line(answer));
    assertEquals(Clients.START.plusSeconds(300), answer.facts().validUntil());
    assertEquals(List.of(), answer.facts().notes());
    assertEquals(AnswerFacts.Security.UNAUTHENTICATED, answer.facts().security());
  }

  @Test
  void noSuchDomain_isSaid() throws InterruptedException {
    assertInstanceOf(MxAnswer.NoSuchDomain.class, exchanges("other.org. 300 A 192.0.2.1"));
  }

  @Test
  void domainWithoutMx_isNoMx() throws InterruptedException {
    assertInstanceOf(MxAnswer.NoMx.class, exchanges("example.org. 300 A 192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void loneNullMx_isNullMx(int preference) throws InterruptedException {
    assertInstanceOf(MxAnswer.NullMx.class, exchanges("example.org. 300 MX " + preference + " ."));
  }

  @Test
  void nullMxBesideOthers_isIgnoredWithANote() throws InterruptedException {
    MxAnswer answer =
        exchanges("example.org. 300 MX 0 .", "example.org. 300 MX 10 mx1.example.org.");
    assertEquals("10 mx1.example.org", Clients.line(answer));
    assertEquals(List.of("null MX beside others ignored"), answer.facts().notes());
  }

  @Test
  void targetsThatAreNoHosts_areDroppedWithANoteEach() throws InterruptedException {
    MxAnswer answer =
        exchanges(
            "example.org. 300 MX 1 192.0.2.1.",
            "example.org. 300 MX 2 a\\032b.example.org.",
            "example.org. 300 MX 3 mx.example.org:2525.",
            "example.org. 300 MX 4 -mx.example.org.",
            "example.org. 300 MX 5 m\\000x.example.org.",
            "example.org. 300 MX 6 a\\.b.example.org.",
            "example.org. 300 MX 7 \\[::1\\].",
            "example.org. 300 MX 8 a/b%c.example.org.",
            "example.org. 300 MX 9 m\\252x.example.org.",
            "example.org. 300 MX 10 under_score.example.org.");
    assertEquals("10 under_score.example.org", Clients.line(answer));
    List<String> notes = answer.facts().notes();
    assertEquals(9, notes.size(), notes::toString);
    assertTrue(notes.contains("MX record ignored: 192.0.2.1 is an IP address, not a host name"));
    assertTrue(notes.contains("MX record ignored: a\\032b.example.org is not a host name"));
  }

  @Test
  void onlyUnusableTargets_areExchangesWithoutRecords() throws InterruptedException {
    assertEquals("", Clients.line(exchanges("example.org. 300 MX 1 127.1.")));
  }

  @Test
  void sameExchangeTwice_keepsTheLowerNumber() throws InterruptedException {
    MxAnswer answer =
        exchanges(
            "example.org. 300 MX 30 mx.example.org.",
            "example.org. 300 MX 20 other.example.org.",
            "example.org. 300 MX 10 MX.example.org.");
    assertEquals("10 mx.example.org, 20 other.example.org", Clients.line(answer));
    assertEquals(List.of("mx.example.org is named more than once"), answer.facts().notes());
  }

  @Test
  void aliasOfTheDomain_isFollowed() throws InterruptedException {
    MxAnswer answer =
        exchanges(
            "example.org. 60 CNAME real.example.", "real.example. 300 MX 10 mx.real.example.");
    assertEquals("10 mx.real.example", Clients.line(answer));
    assertEquals(Clients.START.plusSeconds(60), answer.facts().validUntil());
    assertEquals(List.of("the domain is an alias of real.example"), answer.facts().notes());
  }

  @Test
  void aliasOfNothing_isNoSuchDomain() throws InterruptedException {
    assertInstanceOf(
        MxAnswer.NoSuchDomain.class, exchanges("example.org. 300 CNAME gone.example."));
  }

  @Test
  void aliasOfANameWithoutMx_isNoMx() throws InterruptedException {
    MxAnswer answer =
        exchanges("example.org. 300 CNAME real.example.", "real.example. 300 A 192.0.2.1");
    assertInstanceOf(MxAnswer.NoMx.class, answer);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sixteenAliases_areFollowed(boolean oneByOne) throws InterruptedException {
    if (oneByOne) {
      server.fault("*", "*", Fault.aliasOnly());
    }
    assertEquals("10 mx.example.org", Clients.line(exchanges(aliases(16))));
    assertEquals(oneByOne ? 17 : 1, server.queries().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seventeenAliases_areTooMany(boolean oneByOne) throws InterruptedException {
    if (oneByOne) {
      server.fault("*", "*", Fault.aliasOnly());
    }
    MxAnswer answer = exchanges(aliases(17));
    assertEquals("more than 16 aliases", ((MxAnswer.Unresolved) answer).why());
  }

  private static String[] aliases(int count) {
    String chain =
        IntStream.range(0, count)
            .mapToObj(i -> (i == 0 ? "example.org." : "a" + i + ".") + " CNAME a" + (i + 1) + ".")
            .collect(Collectors.joining("\n"));
    return new String[] {chain, "a" + count + ". MX 10 mx.example.org."};
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aliasLoop_isUnresolved(boolean oneByOne) throws InterruptedException {
    if (oneByOne) {
      server.fault("*", "*", Fault.aliasOnly());
    }
    MxAnswer answer = exchanges("example.org. CNAME b.org.", "b.org. CNAME example.org.");
    assertEquals("alias loop at example.org", ((MxAnswer.Unresolved) answer).why());
  }

  @Test
  void aliasOfItself_isUnresolved() throws InterruptedException {
    assertInstanceOf(MxAnswer.Unresolved.class, exchanges("example.org. CNAME example.org."));
  }

  @Test
  void largeSet_comesOverTcpAndIsCutByPreference() throws InterruptedException {
    String[] lines =
        IntStream.range(0, 3200)
            .mapToObj(i -> "example.org. MX " + (4000 - i) + " h" + Integer.toString(i, 36) + ".")
            .toArray(String[]::new);
    MxAnswer.Exchanges answer = (MxAnswer.Exchanges) exchanges(lines);
    assertEquals(MxAnswers.MOST_RECORDS, answer.records().size());
    assertEquals(801, answer.records().get(0).preference());
    assertEquals(1800, answer.records().get(999).preference());
    assertEquals(List.of("only the first 1000 of 3200 MX records used"), answer.facts().notes());
    assertEquals(DnsQuery.Transport.TCP, server.queries().get(1).transport());
  }

  @Test
  void thirtySixHundredRecordsOfFewExchanges_areReducedToThem() throws InterruptedException {
    String[] lines =
        IntStream.range(0, 3600)
            .mapToObj(i -> "example.org. MX " + i + " h" + (i % 700) + ".")
            .toArray(String[]::new);
    MxAnswer.Exchanges answer = (MxAnswer.Exchanges) exchanges(lines);
    assertEquals(700, answer.records().size());
    assertEquals(699, answer.records().get(699).preference());
    assertEquals(21, answer.facts().notes().size());
  }

  @Test
  void authenticated_onlyFromATrustedServer() throws InterruptedException {
    server.fault("*", "*", Fault.authenticated());
    MxAnswer trusted = exchanges("example.org. 300 MX 10 mx.example.org.");
    assertEquals(AnswerFacts.Security.AUTHENTICATED, trusted.facts().security());
    try (DnsClient wary = Clients.of(server).dnssec(Dnssec.off()).build()) {
      assertEquals(
          AnswerFacts.Security.UNAUTHENTICATED, wary.exchanges(EXAMPLE).facts().security());
    }
  }

  @Test
  void chainWithOneInsecureLink_isNotAuthenticated() throws InterruptedException {
    server.fault("example.org", "MX", Fault.authenticated(), Fault.aliasOnly());
    MxAnswer answer =
        exchanges("example.org. CNAME real.example.", "real.example. MX 10 mx.real.example.");
    assertEquals("10 mx.real.example", Clients.line(answer));
    assertEquals(AnswerFacts.Security.UNAUTHENTICATED, answer.facts().security());
    assertEquals(2, server.queries().size());
  }

  @Test
  void absoluteNames_neverMeetTheSearchList() throws InterruptedException {
    server.set("*.corp.example. 300 MX 10 trap.corp.example.");
    assertInstanceOf(MxAnswer.NoSuchDomain.class, client.exchanges(new Domain("intranet")));
    assertEquals(List.of("intranet"), server.queries().stream().map(DnsQuery::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2147483647", "604800"})
  void timeToLive_isClamped(String ttl) throws InterruptedException {
    MxAnswer answer = exchanges("example.org. " + ttl + " MX 10 mx.example.org.");
    Duration life = Duration.between(Clients.START, answer.facts().validUntil());
    assertEquals(ttl.equals("0") ? Duration.ofSeconds(5) : Duration.ofDays(1), life);
  }
}
