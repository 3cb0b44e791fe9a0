package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;
import org.mxrelay.testkit.TestCertificate;

/** DANE and REQUIRETLS over the whole way: DNS and SMTP on loopback. */
class DaneDeliveryTest {

  private static final MessageSource MESSAGE =
      MessageSource.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
  private static final Envelope ENVELOPE =
      Envelope.from("billing@shop.example").to("ann@example.org");

  private final ScriptedSmtpServer exchange =
      ScriptedSmtpServer.start().named("mx.example.org").offer("STARTTLS");
  private final ScriptedDnsServer dns = ScriptedDnsServer.start("");
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void sign() throws Exception {
    publish(exchange.certificate());
    dns.fault("*", "*", Fault.authenticated());
  }

  private void publish(TestCertificate certificate) throws Exception {
    byte[] key = certificate.x509().getPublicKey().getEncoded();
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    dns.set(
        """
        example.org.               MX    10 mx.example.org.
        mx.example.org.            A     127.0.0.1
        _PORT._tcp.mx.example.org. TLSA  3 1 1 DIGEST
        """
            .replace("PORT", String.valueOf(exchange.port()))
            .replace("DIGEST", digest));
  }

  @AfterEach
  void stop() {
    exchange.close();
    dns.close();
  }

  /** The router's word on TLS is the relay's without being asked for. */
  private MxRelay relay() {
    MailRouter router =
        MailRouter.builder()
            .dns(dns.address())
            .port(exchange.port())
            .addressPolicy(AddressPolicy.allowAll())
            .noMtaSts()
            .build();
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(InMemoryQueue.create())
        .router(router)
        .transport(SmtpTransport.builder().helo("app.shop.example").build())
        .bounces(Bounces.NONE)
        .listener(new Hearing())
        .start();
  }

  private final class Hearing implements RelayListener {
    @Override
    public void attempted(RelayEvent.Attempted event) {
      events.add(
          "attempted "
              + event.session().tls().map(t -> t.certificate().toString()).orElse("in the clear"));
    }

    @Override
    public void deferred(RelayEvent.Deferred event) {
      events.add("deferred " + event.diagnostic().status());
    }

    @Override
    public void ended(Outcome outcome) {
      events.add(outcome.outcome().word() + " " + outcome.diagnostic().status());
    }
  }

  private void submit(MxRelay relay, SenderTls tls) {
    relay.submit(ENVELOPE.with(EnvelopeOptions.NONE.withTls(tls)), MESSAGE);
  }

  private String next() throws InterruptedException {
    return String.valueOf(events.poll(30, TimeUnit.SECONDS));
  }

  private void assertNoEnvelope() {
    List<String> commands =
        exchange.sessions().stream().flatMap(s -> s.commands().stream()).toList();
    assertTrue(commands.stream().noneMatch(c -> c.startsWith("MAIL")), commands::toString);
  }

  @Test
  void exchangeThatMatchesItsTlsa_getsTheMessage() throws InterruptedException {
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.UNSPECIFIED);
      assertEquals("attempted DANE", next());
      assertEquals("relayed 2.0.0", next());
    }
  }

  @Test
  void rolledKey_getsNothing() throws Exception {
    publish(TestCertificate.of("rolled.example.org"));
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.UNSPECIFIED);
      assertEquals("attempted in the clear", next());
      assertEquals("deferred 4.7.5", next());
    }
    assertNoEnvelope();
  }

  @Test
  void strippedStarttls_getsNothing() throws InterruptedException {
    exchange.withdraw("STARTTLS");
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.UNSPECIFIED);
      next();
      assertEquals("deferred 4.7.4", next());
    }
    assertNoEnvelope();
  }

  @Test
  void failedTlsaLookup_contactsNobody() throws InterruptedException {
    dns.fault("_" + exchange.port() + "._tcp.mx.example.org", "TLSA", Fault.refused());
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.UNSPECIFIED);
      assertEquals("deferred 4.7.5", next());
    }
    assertEquals(List.of(), exchange.sessions());
  }

  @Test
  void requireTls_isSaidToAnExchangeThatOffersIt() throws InterruptedException {
    exchange.offer("REQUIRETLS");
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.REQUIRED);
      assertEquals("attempted DANE", next());
      assertEquals("relayed 2.0.0", next());
    }
    assertTrue(
        exchange.sessions().get(0).commands().stream()
            .anyMatch(c -> c.startsWith("MAIL") && c.contains(" REQUIRETLS")));
  }

  @Test
  void requireTls_comesBackFromAnExchangeThatDoesNotOfferIt() throws InterruptedException {
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.REQUIRED);
      assertEquals("attempted DANE", next());
      assertEquals("bounced 5.7.30", next());
    }
    assertNoEnvelope();
  }

  @Test
  void requireTls_comesBackWhereNobodyVouchesForTheExchange() throws InterruptedException {
    exchange.offer("REQUIRETLS");
    dns.fault("*", "*");
    try (MxRelay relay = relay()) {
      submit(relay, SenderTls.REQUIRED);
      assertEquals("bounced 5.7.30", next());
    }
    assertEquals(List.of(), exchange.sessions());
  }
}
