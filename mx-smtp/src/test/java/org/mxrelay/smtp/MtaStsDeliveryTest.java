package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.StsOptions;
import org.mxrelay.tls.TlsFailure;
import org.mxrelay.tls.TlsOutcome;

/** MTA-STS over the whole way: DNS, HTTPS and SMTP on loopback. */
class MtaStsDeliveryTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.of("mta-sts.example.org");
  private static final MessageSource MESSAGE =
      MessageSource.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));

  private final ScriptedSmtpServer exchange = ScriptedSmtpServer.start().named("mx.example.org");
  private final ScriptedHttpsServer https =
      ScriptedHttpsServer.start(CERTIFICATE)
          .serve("version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n");
  private final ScriptedDnsServer dns =
      ScriptedDnsServer.start(
          """
          example.org.           MX   10 mx.example.org.
          mx.example.org.        A    127.0.0.1
          _mta-sts.example.org.  TXT  "v=STSv1; id=1;"
          mta-sts.example.org.   A    127.0.0.1
          """);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** Heard before what became of the recipient. */
  private final List<String> tls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    exchange.close();
    https.close();
    dns.close();
  }

  /** The router's word on TLS is the relay's without being asked for. */
  private MxRelay relay(String trustedExchange) {
    MailRouter router =
        MailRouter.builder()
            .dns(dns.address())
            .port(exchange.port())
            .addressPolicy(AddressPolicy.allowAll())
            .mtaSts(
                StsOptions.standard()
                    .withPort(https.port())
                    .withTrust(CERTIFICATE.trustingContext()))
            .build();
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(InMemoryQueue.create())
        .router(router)
        .transport(
            SmtpTransport.builder()
                .helo("app.shop.example")
                .trust(TestCertificate.of(trustedExchange).trustingContext())
                .build())
        .listener(new Hearing())
        .start();
  }

  private final class Hearing implements RelayListener {
    @Override
    public void tls(RelayEvent.Tls event) {
      TlsOutcome outcome = event.outcome();
      String failure = outcome.failure().map(TlsFailure::word).orElse("success");
      tls.add(
          outcome.policy().word()
              + " "
              + outcome.domain()
              + " "
              + outcome.exchange()
              + " "
              + failure);
    }

    @Override
    public void deferred(RelayEvent.Deferred event) {
      events.add("deferred " + event.diagnostic().stage().orElseThrow());
    }

    @Override
    public void ended(Outcome outcome) {
      events.add(outcome.outcome().word());
    }
  }

  private String delivered(MxRelay relay) throws InterruptedException {
    relay.submit(Envelope.from("billing@shop.example").to("ann@example.org"), MESSAGE);
    return String.valueOf(events.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void verifiedExchange_getsTheMessageOverTls() throws InterruptedException {
    exchange.offer("STARTTLS");
    try (MxRelay relay = relay("mx.example.org")) {
      assertEquals("relayed", delivered(relay));
    }
    exchange.awaitMessages(1, Duration.ofSeconds(30));
    assertTrue(exchange.sessions().get(0).tls());
    assertEquals(List.of("sts example.org mx.example.org success"), tls);
  }

  @Test
  void exchangeWithoutStarttls_getsNothing() throws InterruptedException {
    try (MxRelay relay = relay("mx.example.org")) {
      assertEquals("deferred STARTTLS", delivered(relay));
    }
    assertEquals(List.of("sts example.org mx.example.org starttls-not-supported"), tls);
    assertNoEnvelope();
  }

  @Test
  void v19_exchangeWithACertificateThatNobodyVouchesFor_getsNothing() throws InterruptedException {
    exchange.offer("STARTTLS");
    try (MxRelay relay = relay("mx.stranger.example")) {
      assertEquals("deferred TLS", delivered(relay));
    }
    assertEquals(List.of("sts example.org mx.example.org certificate-not-trusted"), tls);
    assertNoEnvelope();
  }

  @Test
  void domainWithoutPolicy_isToldOfToo() throws InterruptedException {
    https.serve("version: STSv1\nmode: none\nmax_age: 86400\n");
    try (MxRelay relay = relay("mx.stranger.example")) {
      assertEquals("relayed", delivered(relay));
    }
    assertEquals(List.of("no-policy-found example.org mx.example.org starttls-not-supported"), tls);
  }

  private void assertNoEnvelope() {
    List<String> commands =
        exchange.sessions().stream().flatMap(s -> s.commands().stream()).toList();
    assertTrue(commands.stream().noneMatch(c -> c.startsWith("MAIL")), commands::toString);
    assertEquals(List.of(), exchange.messages());
  }
}
