package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;

/** V17: whatever a policy's host does, a fetch ends soon, with a policy or a reason. */
class HttpsPolicyFetcherTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final TestCertificate CERTIFICATE = TestCertificate.of("mta-sts.example.org");
  private static final String POLICY =
      "version: STSv1\nmode: enforce\nmx: mx1.example.org\nmax_age: 86400\n";
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
  private static final String HERE = "mta-sts.example.org A 127.0.0.1";

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ScriptedHttpsServer server = ScriptedHttpsServer.start(CERTIFICATE);

  @AfterEach
  void stop() {
    server.close();
    timers.shutdownNow();
  }

  private PolicyAnswer fetch() throws InterruptedException {
    return fetcher(HERE, AddressPolicy.allowAll(), Duration.ofSeconds(60)).fetch(EXAMPLE);
  }

  private HttpsPolicyFetcher fetcher(String zone, AddressPolicy allowed, Duration limit) {
    HttpsGet https = new HttpsGet(CERTIFICATE.trustingContext(), server.port());
    return new HttpsPolicyFetcher(FakeMxResolver.of(zone), allowed, https, limit, timers);
  }

  private static void assertUnusable(String why, PolicyAnswer answer) {
    String said = assertInstanceOf(PolicyAnswer.Unusable.class, answer).why();
    assertTrue(said.contains(why), said);
  }

  private static void assertPolicy(PolicyAnswer answer) {
    StsPolicy policy =
        assertInstanceOf(PolicyAnswer.Policy.class, answer, answer::toString).policy();
    assertEquals(List.of("mx1.example.org"), policy.mx());
  }

  @Test
  void policy_isFetchedFromItsWellKnownPlace() throws InterruptedException {
    server.serve(POLICY);
    assertPolicy(fetch());
    List<String> request = server.requests().get(0);
    assertEquals("GET /.well-known/mta-sts.txt HTTP/1.1", request.get(0));
    assertTrue(request.contains("Host: mta-sts.example.org:" + server.port()), request::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 64\r\n\r\n",
        "HTTP/1.1 200\r\ncontent-type:TEXT/PLAIN\r\nCONTENT-LENGTH:64\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + "Content-Length: 64\r\n\r\n",
        "HTTP/1.0 200 OK\nContent-Type: text/plain\n\n",
        HEAD + "Content-Encoding: identity\r\n\r\n",
      })
  void spellingsOfTheHead_makeNoDifference(String head) throws InterruptedException {
    assertEquals(64, POLICY.length());
    server.answer(head + POLICY);
    assertPolicy(fetch());
  }

  @Test
  void chunks_arePutTogether() throws InterruptedException {
    String first = POLICY.substring(0, 10);
    String rest = POLICY.substring(10);
    server.answer(
        HEAD
            + "Transfer-Encoding: Chunked\r\n\r\n"
            + ("a;x=y\r\n" + first + "\r\n")
            + (Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n")
            + "0\r\n\r\n");
    assertPolicy(fetch());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          301 Moved Permanently | Location: https://169.254.169.254/latest/meta-data/ | status 301
          302 Found             | Location: https://mta-sts.example.org/elsewhere     | status 302
          307 Temporary         | Location: http://127.0.0.1/                         | status 307
          404 Not Found         | X: y                                                | status 404
          500 Oops              | X: y                                                | status 500
          204 No Content        | X: y                                                | status 204
          200 OK                | Content-Type: text/html                             | not text/plain
          200 OK                | X: y                                                | not text/plain
          200 OK                | Content-Type: text/plainer                          | not text/plain
          200 OK                | "Content-Type: text/plain\r\nContent-Encoding: gzip"   | Content-Encoding
          200 OK                | "Content-Type: text/plain\r\nTransfer-Encoding: gzip, chunked" | Transfer-Encoding
          200 OK                | "Content-Type: text/plain\r\nContent-Length: -1"       | Content-Length
          200 OK                | "Content-Type: text/plain\r\nContent-Length: 5\r\nContent-Length: 6" | Content-Length
          200 OK                | "Content-Type: text/plain\r\nContent-Length: 10737418240" | more than 65536
          200 OK                | "Content-Type: text/plain\r\nContent-Length: 1000"     | ends early
          200 OK                | "Content-Type: text/plain\r\nContent-Length: 3"        | bad policy
          200 OK                | "Content-Type: text/plain\r\nno colon"                 | not name: value
          """)
  void v17_wrongResponse_isUnusable(String status, String fields, String why)
      throws InterruptedException {
    server.answer(
        "HTTP/1.1 " + status + "\r\n" + fields.replace("\\r\\n", "\r\n") + "\r\n\r\n" + POLICY);
    assertUnusable(why, fetch());
    assertEquals(1, server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2 200 OK\r\n\r\n", "220 smtp\r\n", "", "HTTP/1.1 200 OK\r\n"})
  void whatIsNoResponse_isUnusable(String octets) throws InterruptedException {
    server.answer(octets);
    assertInstanceOf(PolicyAnswer.Unusable.class, fetch());
  }

  @Test
  void v17_endlessBody_isCutOff() throws InterruptedException {
    server.flood(HEAD + "\r\n" + POLICY, "x: " + "y".repeat(1000) + "\n");
    assertUnusable("more than 65536", fetch());
  }

  @Test
  void v17_endlessChunks_areCutOff() throws InterruptedException {
    String chunk = "3e8\r\n" + "y".repeat(999) + "\n\r\n";
    server.flood(HEAD + "Transfer-Encoding: chunked\r\n\r\n", chunk);
    assertUnusable("more than 65536", fetch());
  }

  @Test
  void v17_oneHugeChunk_isNotEvenRead() throws InterruptedException {
    server.answer(HEAD + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n");
    assertUnusable("more than 65536", fetch());
  }

  @Test
  void endlessHead_isCutOff() throws InterruptedException {
    server.flood(HEAD, "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n");
    assertUnusable("octets beside the policy", fetch());
  }

  @Test
  void endlessLine_isCutOff() throws InterruptedException {
    server.flood("HTTP/1.1 200 ", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy");
    assertUnusable("octets beside the policy", fetch());
  }

  @Test
  void bodyCutInsideItsLastLine_isRefused() throws InterruptedException {
    server.answer(HEAD + "\r\n" + POLICY.substring(0, POLICY.length() - 4));
    assertUnusable("cut off", fetch());
  }

  @Test
  void v17_slowDrip_endsAtTheDeadline() throws InterruptedException {
    server.drip(HEAD + "\r\n" + POLICY.repeat(100), 20);
    PolicyAnswer answer =
        fetcher(HERE, AddressPolicy.allowAll(), Duration.ofMillis(500)).fetch(EXAMPLE);
    assertUnusable("no policy within 500 ms", answer);
  }

  @Test
  void v17_certificateOfAnotherName_isRefused() throws InterruptedException {
    server.serve(POLICY);
    HttpsPolicyFetcher other =
        fetcher("mta-sts.example.net A 127.0.0.1", AddressPolicy.allowAll(), Duration.ofMinutes(1));
    assertUnusable("No subject alternative DNS name", other.fetch(new Domain("example.net")));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void certificateThatNobodyVouchesFor_isRefused() throws InterruptedException {
    server.serve(POLICY);
    HttpsGet https =
        new HttpsGet(TestCertificate.of("other.example").trustingContext(), server.port());
    HttpsPolicyFetcher fetcher =
        new HttpsPolicyFetcher(
            FakeMxResolver.of(HERE),
            AddressPolicy.allowAll(),
            https,
            Duration.ofMinutes(1),
            timers);
    assertUnusable("SSLHandshakeException", fetcher.fetch(EXAMPLE));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void v17_addressInside_isNotConnectedTo() throws InterruptedException {
    server.serve(POLICY);
    HttpsPolicyFetcher fetcher = fetcher(HERE, AddressPolicy.publicOnly(), Duration.ofMinutes(1));
    assertUnusable("addressPolicy", fetcher.fetch(EXAMPLE));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void addressThatRefuses_isFollowedByTheNext() throws InterruptedException {
    server.serve(POLICY);
    String zone = HERE.replace("127.0.0.1", "127.0.0.77") + "\n" + HERE;
    assertPolicy(fetcher(zone, AddressPolicy.allowAll(), Duration.ofMinutes(1)).fetch(EXAMPLE));
  }

  @ParameterizedTest
  @CsvSource({
    "mta-sts.example.org EXISTS, has no address",
    "other.example A 192.0.2.1, has no address",
    "mta-sts.example.org A SERVFAIL, cannot be resolved now",
  })
  void hostWithoutAddress_isUnusable(String zone, String why) throws InterruptedException {
    assertUnusable(
        why, fetcher(zone, AddressPolicy.allowAll(), Duration.ofMinutes(1)).fetch(EXAMPLE));
  }

  @Test
  void interruptedFetch_saysSo() {
    server.drip(HEAD, 60_000);
    FakeMxResolver hosts = FakeMxResolver.of(HERE);
    HttpsGet https = new HttpsGet(CERTIFICATE.trustingContext(), server.port());
    Thread self = Thread.currentThread();
    // The interrupt comes while the fetch waits for octets, or just before: it must end either way.
    timers.schedule(self::interrupt, 300, TimeUnit.MILLISECONDS);
    HttpsPolicyFetcher fetcher =
        new HttpsPolicyFetcher(
            hosts, AddressPolicy.allowAll(), https, Duration.ofMinutes(1), timers);
    assertThrows(InterruptedException.class, () -> fetcher.fetch(EXAMPLE));
  }

  @Test
  void v17_expiredCertificate_isRefused() throws InterruptedException {
    String name = "mta-sts.example.org";
    assertPolicy(fetchFrom(TestCertificate.signedBy("authority.example", name)));
    PolicyAnswer late = fetchFrom(TestCertificate.expired("authority.example", name));
    assertUnusable("validity check failed", late);
  }

  static Stream<TestCertificate> badCertificates() {
    String name = "mta-sts.example.org";
    return Stream.of(
        TestCertificate.expired("authority.example", name),
        TestCertificate.signedBy("authority.example", "example.org"),
        TestCertificate.signedBy("authority.example", "mta-sts.example.net"),
        TestCertificate.signedBy("authority.example", "*.mta-sts.example.org"),
        TestCertificate.signedBy("stranger.example", name),
        TestCertificate.of(name));
  }

  /** RFC 8461, 3.3: none of these may have served a policy, and reports say so. */
  @ParameterizedTest
  @MethodSource("badCertificates")
  void badCertificate_isOfTheWebPki(TestCertificate shown) throws InterruptedException {
    try (ScriptedHttpsServer other = ScriptedHttpsServer.start(shown)) {
      other.serve(POLICY);
      HttpsGet https =
          new HttpsGet(TestCertificate.of("authority.example").trustingContext(), other.port());
      PolicyAnswer answer =
          new HttpsPolicyFetcher(
                  FakeMxResolver.of(HERE),
                  AddressPolicy.allowAll(),
                  https,
                  Duration.ofMinutes(1),
                  timers)
              .fetch(EXAMPLE);
      PolicyAnswer.Unusable unusable = assertInstanceOf(PolicyAnswer.Unusable.class, answer);
      assertEquals(TlsFailure.STS_WEBPKI_INVALID, unusable.failure(), unusable.why());
      assertEquals(List.of(), other.requests());
    }
  }

  @Test
  void otherTroubles_areOfTheFetchOrOfThePolicy() throws InterruptedException {
    server.answer("HTTP/1.1 404 Not Found\r\n\r\n");
    assertFailure(TlsFailure.STS_POLICY_FETCH_ERROR, fetch());
    server.answer("plain text");
    assertFailure(TlsFailure.STS_POLICY_FETCH_ERROR, fetch());
    server.serve("version: STSv2\n");
    assertFailure(TlsFailure.STS_POLICY_INVALID, fetch());
  }

  private static void assertFailure(TlsFailure expected, PolicyAnswer answer) {
    assertEquals(expected, assertInstanceOf(PolicyAnswer.Unusable.class, answer).failure());
  }

  private PolicyAnswer fetchFrom(TestCertificate shown) throws InterruptedException {
    try (ScriptedHttpsServer other = ScriptedHttpsServer.start(shown)) {
      other.serve(POLICY);
      HttpsGet https = new HttpsGet(shown.trustingContext(), other.port());
      return new HttpsPolicyFetcher(
              FakeMxResolver.of(HERE),
              AddressPolicy.allowAll(),
              https,
              Duration.ofMinutes(1),
              timers)
          .fetch(EXAMPLE);
    }
  }
}
