package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Mailbox;
import org.mxrelay.audit.PeerTls;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeTarget;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.RecordedSession;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.TlsDemand;

class SmtpExchangeProbeTest {

  private static final Mailbox NOBODY = Mailbox.parse("nobody@example.org");

  private final ScriptedSmtpServer server =
      ScriptedSmtpServer.start().named("mx1.example.org").offer("STARTTLS");
  private final SmtpTransport transport =
      SmtpTransport.builder()
          .helo("audit.example.net")
          .trust(server.certificate().trustingContext())
          .build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private ProbeReport probe() throws InterruptedException {
    return probe("mx1.example.org", Optional.empty());
  }

  private ProbeReport probe(String exchange, Optional<Mailbox> stranger)
      throws InterruptedException {
    Route route = new Route(exchange, 10, server.address(), Route.Origin.MX);
    return SmtpExchangeProbe.over(transport).probe(new ProbeTarget(route, stranger));
  }

  /** All commands of all sessions, when they have ended. */
  private List<String> commands() throws InterruptedException {
    for (RecordedSession session : server.sessions()) {
      assertTrue(session.awaitEnd(Duration.ofSeconds(60)));
    }
    return server.sessions().stream().flatMap(session -> session.commands().stream()).toList();
  }

  @Test
  void goodExchange_isReportedWhole() throws InterruptedException {
    ProbeReport report = probe();

    assertTrue(report.isOpen());
    assertEquals("220 mx1.example.org ESMTP", report.greeting().orElseThrow().toString());
    assertEquals("250 mx1.example.org", report.ehlo().orElseThrow().toString());
    assertEquals(Encryption.ENCRYPTED, report.encryption());
    PeerTls tls = report.tls().orElseThrow();
    assertEquals(Trust.VERIFIED, tls.trust());
    assertEquals(List.of("mx1.example.org"), tls.names());
    assertTrue(tls.isFor("mx1.example.org"));
    assertEquals("2120-01-01T00:00:00Z", tls.validUntil().toString());
    assertEquals("", report.trouble());
    assertEquals(Optional.empty(), report.stranger());
  }

  @Test
  void probe_neverSendsMail() throws InterruptedException {
    probe("mx1.example.org", Optional.of(NOBODY));

    List<String> commands = commands();
    assertTrue(commands.contains("MAIL FROM:<>"), commands::toString);
    assertTrue(commands.contains("RCPT TO:<nobody@example.org>"), commands::toString);
    assertTrue(commands.contains("RSET"), commands::toString);
    assertTrue(commands.contains("QUIT"), commands::toString);
    assertTrue(commands.stream().noneMatch(c -> c.startsWith("DATA") || c.startsWith("BDAT")));
    assertEquals(List.of(), server.messages());
  }

  @Test
  void certificateOfTheTlsaRecord_matches() throws Exception {
    DaneMatch match = daneMatch(server.certificate());

    assertEquals(new DaneMatch(Trust.VERIFIED, ""), match);
  }

  @Test
  void certificateOfAnotherTlsaRecord_doesNot() throws Exception {
    DaneMatch match = daneMatch(TestCertificate.of("another.example.org"));

    assertEquals(Trust.REFUSED, match.trust());
    assertFalse(match.objection().isEmpty());
  }

  private DaneMatch daneMatch(TestCertificate published) throws Exception {
    String name = "mx1.example.org";
    DaneIdentity identity =
        new DaneIdentity(name, List.of(TlsaFor.of("3 0 1", published)), List.of(name));
    Route route = new Route(name, 10, server.address(), Route.Origin.MX);
    ProbeTarget target =
        new ProbeTarget(route, Optional.empty(), Optional.of(TlsDemand.dane(identity)));
    return SmtpExchangeProbe.over(transport).probe(target).dane().orElseThrow();
  }

  @Test
  void withoutStranger_noTransactionBegins() throws InterruptedException {
    probe();

    assertTrue(commands().stream().noneMatch(c -> c.startsWith("MAIL") || c.startsWith("RCPT")));
  }

  @ParameterizedTest
  @CsvSource({"550 5.1.1 Who?, 550", "250 2.1.5 Ok, 250", "450 4.2.0 Greylisted, 450"})
  void replyToAStranger_isReported(String reply, int code) throws InterruptedException {
    server.on(Step.RCPT, Behaviour.reply(reply));

    ProbeReport report = probe("mx1.example.org", Optional.of(NOBODY));

    assertEquals(code, report.stranger().orElseThrow().code());
    assertEquals(reply, report.stranger().orElseThrow().toString());
  }

  @Test
  void certificateOfAnotherName_isRefusedByWhoVerifies() throws InterruptedException {
    PeerTls tls = probe("mx2.example.org", Optional.empty()).tls().orElseThrow();

    assertEquals(Trust.REFUSED, tls.trust());
    assertFalse(tls.isFor("mx2.example.org"));
    assertFalse(tls.objection().isEmpty());
  }

  @Test
  void certificateOfNoKnownAuthority_isRefusedByWhoVerifies() throws InterruptedException {
    try (SmtpTransport strict = SmtpTransport.builder().helo("audit.example.net").build()) {
      Route route = new Route("mx1.example.org", 10, server.address(), Route.Origin.MX);
      ProbeReport report =
          SmtpExchangeProbe.over(strict).probe(new ProbeTarget(route, Optional.empty()));

      assertEquals(Trust.REFUSED, report.tls().orElseThrow().trust());
      assertTrue(report.tls().orElseThrow().isFor("mx1.example.org"));
      assertFalse(report.tls().orElseThrow().objection().contains("sun.security"));
    }
  }

  @Test
  void secondSessionThatFails_leavesTheTrustUnknown() throws InterruptedException {
    server.on(Step.GREETING, Behaviour.normal(), Behaviour.reply("421 4.7.0 Too many"));

    assertEquals(Trust.UNKNOWN, probe().tls().orElseThrow().trust());
  }

  @Test
  void starttlsThatIsNotOffered_isNoted() throws InterruptedException {
    server.withdraw("STARTTLS");

    assertEquals(Encryption.NOT_OFFERED, probe().encryption());
    assertEquals(1, server.sessions().size());
  }

  @Test
  void starttlsThatIsRefused_isNoted() throws InterruptedException {
    server.on(Step.STARTTLS, Behaviour.reply("454 4.7.0 TLS not available"));

    ProbeReport report = probe();

    assertEquals(Encryption.REFUSED, report.encryption());
    assertEquals("454 4.7.0 TLS not available", report.trouble());
  }

  @Test
  void handshakeThatFails_isNoted() throws InterruptedException {
    server.on(Step.HANDSHAKE, Behaviour.raw("this is no handshake\r\n").then(Behaviour.drop()));

    ProbeReport report = probe("mx1.example.org", Optional.of(NOBODY));

    assertEquals(Encryption.FAILED, report.encryption());
    assertFalse(report.trouble().isEmpty());
    assertEquals(Optional.empty(), report.stranger());
  }

  @ParameterizedTest
  @CsvSource({"421 4.3.2 Closing, 421", "554 5.7.1 Go away, 554"})
  void greetingThatRefuses_endsTheProbe(String greeting, int code) throws InterruptedException {
    server.on(Step.GREETING, Behaviour.reply(greeting));

    ProbeReport report = probe();

    assertEquals(code, report.greeting().orElseThrow().code());
    assertFalse(report.isOpen());
    assertEquals(Optional.empty(), report.ehlo());
    assertEquals(Encryption.NOT_REACHED, report.encryption());
  }

  @Test
  void ehloThatIsRefused_isNotedAndTheStrangerStillAsked() throws InterruptedException {
    server.on(Step.EHLO, Behaviour.reply("502 5.5.1 Not known"));

    ProbeReport report = probe("mx1.example.org", Optional.of(NOBODY));

    assertEquals(502, report.ehlo().orElseThrow().code());
    assertEquals(Encryption.NOT_REACHED, report.encryption());
    assertEquals(250, report.stranger().orElseThrow().code());
  }

  @Test
  void serverThatIsDown_isSilent() throws InterruptedException {
    server.stop();

    ProbeReport report = probe();

    assertEquals(Optional.empty(), report.greeting());
    assertTrue(report.trouble().startsWith("cannot connect"), report::trouble);
  }

  @Test
  void hiddenCharactersOfAReply_areShown() throws InterruptedException {
    server.on(Step.GREETING, Behaviour.raw("220 mx1 \u0007bell\r\n"));

    // What the server believes to have said does not matter: it was asked for nothing more.
    assertEquals("mx1 [U+0007]bell", probe().greeting().orElseThrow().text());
  }

  @Test
  void interrupt_endsTheProbe() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, this::probe);
    assertFalse(Thread.interrupted());
  }
}
