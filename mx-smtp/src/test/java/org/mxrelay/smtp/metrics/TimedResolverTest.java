package org.mxrelay.smtp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.MailRouter;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TextAnswer;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaResolver;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.tls.TlsPolicy;

/** What is asked of the DNS, as Micrometer has it. */
final class TimedResolverTest {

  private static final String ZONE =
      """
      example.org              MX   10 mx1.example.org
      null.example             MX   0 .
      broken.example           MX   SERVFAIL
      broken.example           A    SERVFAIL
      broken.example           AAAA SERVFAIL
      broken.example           TXT  SERVFAIL
      broken.example           TLSA SERVFAIL
      bare.example             EXISTS
      mx1.example.org          A    127.0.0.1
      _mta-sts.example.org     TXT  v=STSv1; id=1;
      _25._tcp.mx1.example.org TLSA 3 1 1 %s
      """
          .formatted("ab".repeat(32));
  private static final Duration STEP = Duration.ofMillis(7);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final RelayMetrics metrics =
      new RelayMetrics(
          new MicrometerMeters(registry), InstantSource.fixed(Instant.EPOCH), nanos::get);
  private final FakeMxResolver dns = FakeMxResolver.of(ZONE, InstantSource.fixed(Instant.EPOCH));
  private final MxResolver timed = metrics.timed(dns);

  @ParameterizedTest
  @CsvSource({
    "MX, example.org, ok",
    "MX, null.example, ok",
    "MX, bare.example, nodata",
    "MX, nowhere.example, nxdomain",
    "MX, broken.example, unresolved",
    "address, mx1.example.org, ok",
    "address, bare.example, nodata",
    "address, nowhere.example, nxdomain",
    "address, broken.example, unresolved",
    "TXT, _mta-sts.example.org, ok",
    "TXT, bare.example, nodata",
    "TXT, broken.example, unresolved",
    "TLSA, _25._tcp.mx1.example.org, ok",
    "TLSA, bare.example, nodata",
    "TLSA, broken.example, unresolved",
    "CNAME, bare.example, ok",
  })
  void question_isTimedByTypeAndResult(String type, String name, String result)
      throws InterruptedException {
    dns.beforeAnswer(() -> nanos.addAndGet(STEP.toNanos()));

    ask(type, Domain.of(name));

    Timer timer = registry.get("mx.dns").tags("type", type, "result", result).timer();
    assertEquals(1, timer.count());
    assertEquals(STEP.toMillis(), timer.totalTime(TimeUnit.MILLISECONDS));
    assertEquals(1, registry.getMeters().size());
  }

  private Object ask(String type, Domain name) throws InterruptedException {
    return switch (type) {
      case "MX" -> timed.exchanges(name);
      case "address" -> timed.addresses(name);
      case "TXT" -> ((TextResolver) timed).texts(name);
      case "TLSA" -> ((TlsaResolver) timed).tlsa(name);
      default -> ((TlsaResolver) timed).aliasTrust(name);
    };
  }

  @Test
  void interruptedQuestion_isNotCounted() {
    MxResolver interrupted =
        metrics.timed(
            new Plain() {
              @Override
              public MxAnswer exchanges(Domain domain) throws InterruptedException {
                throw new InterruptedException("planted");
              }
            });

    assertThrows(InterruptedException.class, () -> interrupted.exchanges(Domain.of("example.org")));
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void resolver_isNoMoreThanWhatItAsks() {
    assertOf(metrics.timed(new Plain()), false, false);
    assertOf(metrics.timed(new WithTexts()), true, false);
    assertOf(metrics.timed(new WithTlsa()), false, true);
    assertOf(timed, true, true);
  }

  private static void assertOf(MxResolver resolver, boolean texts, boolean tlsa) {
    assertEquals(texts, resolver instanceof TextResolver);
    assertEquals(tlsa, resolver instanceof TlsaResolver);
  }

  @Test
  void routerWithoutTexts_hasNoMtaSts() {
    try (MailRouter router = MailRouter.builder().resolver(metrics.timed(new Plain())).build()) {
      assertSame(TlsPolicy.none(), router.tlsPolicy());
    }
  }

  @Test
  void routing_asksThroughItAndClosesIt() throws InterruptedException {
    try (MailRouter router = MailRouter.builder().resolver(timed).build()) {
      router.route("example.org");
    }

    assertEquals(1, registry.get("mx.dns").tags("type", "MX", "result", "ok").timer().count());
    assertEquals(1, registry.get("mx.dns").tags("type", "address", "result", "ok").timer().count());
    assertTrue(dns.isClosed());
  }

  private static class Plain implements MxResolver {
    private static final AnswerFacts FACTS =
        new AnswerFacts(Instant.MAX, AnswerFacts.Security.UNAUTHENTICATED, List.of());

    @Override
    public MxAnswer exchanges(Domain domain) throws InterruptedException {
      return new MxAnswer.NoMx(FACTS);
    }

    @Override
    public AddressAnswer addresses(Domain host) {
      return new AddressAnswer.NoAddress(FACTS);
    }
  }

  private static final class WithTexts extends Plain implements TextResolver {
    @Override
    public TextAnswer texts(Domain name) {
      return new TextAnswer.NoText(Plain.FACTS);
    }
  }

  private static final class WithTlsa extends Plain implements TlsaResolver {
    @Override
    public TlsaAnswer tlsa(Domain name) {
      return new TlsaAnswer.NoTlsa(Plain.FACTS);
    }

    @Override
    public AliasTrust aliasTrust(Domain name) {
      return AliasTrust.UNAUTHENTICATED;
    }
  }
}
