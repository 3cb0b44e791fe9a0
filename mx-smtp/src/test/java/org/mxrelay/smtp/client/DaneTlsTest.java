package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.TlsDemand;

/** Sessions under TLSA records: who passes, and that nothing goes out to anybody else (G12). */
class DaneTlsTest {

  private static final TestCertificate AUTHORITY = TestCertificate.of("ca.dane.example");

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private static TlsDemand demand(String form, TestCertificate certificate, String base)
      throws GeneralSecurityException {
    return TlsDemand.dane(
        new DaneIdentity(base, List.of(TlsaFor.of(form, certificate)), List.of(base)));
  }

  private AttemptResult attempt(TlsDemand demand) throws InterruptedException {
    return transport.attempt(Transactions.to(server.route(), "ann@y.example").with(demand));
  }

  private void assertRefused(Stage stage, AttemptResult result) {
    assertEquals(stage, assertInstanceOf(Broken.class, only(result)).stage());
    assertEquals(List.of(), server.messages());
    server.sessions().forEach(s -> assertFalse(s.receivedText().contains("MAIL")));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  @Test
  void endEntity_passesUnderAnyNameAndDate() throws Exception {
    TestCertificate old = TestCertificate.expired("ca.dane.example", "www.elsewhere.example");
    server.offer("STARTTLS").shows(old);
    AttemptResult result = attempt(demand("3 1 1", old, server.name()));
    assertInstanceOf(Answered.class, only(result));
    assertEquals(Certificate.DANE, result.session().tls().orElseThrow().certificate());
    assertTrue(server.messages().get(0).tls());
  }

  @Test
  void trustAnchor_passesByTheNameOfTheBase_whichIsAskedFor() throws Exception {
    server.offer("STARTTLS").shows(AUTHORITY.issue("real.dane.example"));
    AttemptResult result = attempt(demand("2 0 1", AUTHORITY, "real.dane.example"));
    assertInstanceOf(Answered.class, only(result));
    assertEquals("real.dane.example", server.sessions().get(0).serverName());
  }

  @Test
  void expiredUnderTrustAnchor_isRefused() throws Exception {
    server.offer("STARTTLS").shows(TestCertificate.expired("ca.dane.example", server.name()));
    assertRefused(Stage.TLS, attempt(demand("2 0 1", AUTHORITY, server.name())));
  }

  @Test
  void anotherKey_isRefused() throws Exception {
    server.offer("STARTTLS");
    AttemptResult result =
        attempt(demand("3 1 1", TestCertificate.of("rolled.dane.example"), server.name()));
    assertRefused(Stage.TLS, result);
    Broken broken = (Broken) only(result);
    assertTrue(broken.cause().contains("matches none of the TLSA records"), broken::toString);
  }

  @Test
  void strippedStarttls_isNeverPlaintext() throws Exception {
    assertRefused(Stage.STARTTLS, attempt(demand("3 1 1", server.certificate(), server.name())));
  }

  @Test
  void refusedStarttls_isNeverPlaintext() throws Exception {
    server.offer("STARTTLS").on(Step.STARTTLS, Behaviour.reply("454 4.7.0 Not now"));
    assertRefused(Stage.STARTTLS, attempt(demand("3 1 1", server.certificate(), server.name())));
  }

  /** What an attacker in the middle does who cannot break DNSSEC. */
  @Test
  void garbageInTheHandshake_isNeverPlaintext() throws Exception {
    server
        .offer("STARTTLS")
        .on(Step.STARTTLS, Behaviour.reply("220 go").then(Behaviour.raw("no TLS here\r\n")));
    AttemptResult result = attempt(demand("3 1 1", server.certificate(), server.name()));
    assertInstanceOf(Broken.class, only(result));
    assertEquals(List.of(), server.messages());
  }

  @Test
  void unusableRecords_encryptToAnybodyButNeverInPlaintext() throws Exception {
    TlsDemand encrypted = new TlsDemand(TlsDemand.Level.ENCRYPTED, "dane");
    assertRefused(Stage.STARTTLS, attempt(encrypted));
    server.offer("STARTTLS");
    AttemptResult result = attempt(encrypted);
    assertInstanceOf(Answered.class, only(result));
    assertEquals(Certificate.UNVERIFIED, result.session().tls().orElseThrow().certificate());
  }

  @Test
  void connections_areSharedUnderTheSameRecordsOnly() throws Exception {
    server.offer("STARTTLS");
    attempt(demand("3 1 1", server.certificate(), server.name()));
    attempt(demand("3 1 1", server.certificate(), server.name()));
    assertEquals(1, server.sessions().size());
    attempt(demand("3 0 1", server.certificate(), server.name()));
    attempt(TlsDemand.OPPORTUNISTIC);
    assertEquals(3, server.sessions().size());
    assertEquals(4, server.messages().size());
  }
}
