package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.tls.TlsDemand;

/** What a route demands of TLS is obeyed, and nobody on the way can talk a transport out of it. */
public interface SmtpTlsContract extends TransportFixture {

  @Test
  default void opportunisticTls_encryptsToAnybody() throws Exception {
    try (ScriptedSmtpServer server = encrypting();
        Transport transport = open()) {
      AttemptResult result =
          transport.attempt(
              Transactions.to(server.route(), "ann@y.example").with(TlsDemand.OPPORTUNISTIC));
      assertInstanceOf(Answered.class, only(result));
      assertTrue(server.messages().get(0).tls());
      assertEquals(Certificate.UNVERIFIED, result.session().tls().orElseThrow().certificate());
    }
  }

  @Test
  default void opportunisticTls_goesWithoutWhereItIsNotOffered() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      assertInstanceOf(Answered.class, only(attempt(server, TlsDemand.OPPORTUNISTIC)));
      assertFalse(server.messages().get(0).tls());
    }
  }

  @Test
  default void demandForNone_isObeyedThoughItIsOffered() throws Exception {
    try (ScriptedSmtpServer server = encrypting()) {
      TlsDemand none = TlsDemand.byOption(TlsDemand.Level.NONE);
      assertInstanceOf(Answered.class, only(attempt(server, none)));
      assertFalse(server.messages().get(0).tls());
    }
  }

  @Test
  default void encryptedTls_takesAnybodyButNoPlaintext() throws Exception {
    TlsDemand encrypted = TlsDemand.byOption(TlsDemand.Level.ENCRYPTED);
    try (ScriptedSmtpServer server = encrypting();
        Transport transport = open()) {
      AttemptResult result =
          transport.attempt(Transactions.to(server.route(), "ann@y.example").with(encrypted));
      assertInstanceOf(Answered.class, only(result));
      assertEquals(Certificate.UNVERIFIED, result.session().tls().orElseThrow().certificate());
    }
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      assertNothingSaid(server, Stage.STARTTLS, attempt(server, encrypted));
    }
  }

  @Test
  default void verifiedTls_knowsTheExchangeByItsName() throws Exception {
    try (ScriptedSmtpServer server = encrypting()) {
      AttemptResult result = attempt(server, TlsDemand.STS);
      assertInstanceOf(Answered.class, only(result));
      assertTrue(server.messages().get(0).tls());
      assertEquals(Certificate.VERIFIED, result.session().tls().orElseThrow().certificate());
    }
  }

  @Test
  default void verifiedTls_refusesAnotherName() throws Exception {
    try (ScriptedSmtpServer server = encrypting();
        Transport transport = open(SmtpTimeouts.RFC5321, server.certificate().trustingContext())) {
      Route wrong = new Route("other.example", 10, server.address(), Route.Origin.MX);
      assertNothingSaid(
          server,
          Stage.TLS,
          transport.attempt(Transactions.to(wrong, "ann@y.example").with(TlsDemand.STS)));
    }
  }

  @Test
  default void verifiedTls_refusesAnAuthorityNobodyTrusts() throws Exception {
    try (ScriptedSmtpServer server = encrypting();
        Transport transport = open()) {
      assertNothingSaid(
          server,
          Stage.TLS,
          transport.attempt(Transactions.to(server.route(), "ann@y.example").with(TlsDemand.STS)));
    }
  }

  @Test
  default void verifiedTls_neverGoesOnInPlaintext() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      assertNothingSaid(server, Stage.STARTTLS, attempt(server, TlsDemand.STS));
    }
    try (ScriptedSmtpServer server = encrypting()) {
      server.on(Step.STARTTLS, Behaviour.reply("454 4.7.0 Not now"));
      assertNothingSaid(server, Stage.STARTTLS, attempt(server, TlsDemand.STS));
    }
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.on(Step.EHLO, Behaviour.reply("502 5.5.1 What?"));
      assertNothingSaid(server, Stage.STARTTLS, attempt(server, TlsDemand.STS));
    }
  }

  /** RFC 3207, 4.2: what was offered in the clear counts no more. */
  @Test
  default void refusedEhloUnderTls_endsTheSession() throws Exception {
    try (ScriptedSmtpServer server = encrypting()) {
      server.on(
          Step.EHLO,
          turn -> {
            if (turn.session().tls()) {
              turn.reply("451 4.3.0 Not now");
            } else {
              turn.normal();
            }
          });
      RecipientResult result = only(attempt(server, TlsDemand.OPPORTUNISTIC));
      assertFalse(result instanceof Answered, result.toString());
      assertEquals(List.of(), server.messages());
    }
  }

  /** Plaintext behind the 220 would be taken for the peer's word under TLS (V2). */
  @Test
  default void injectedPlaintext_endsTheSession() throws Exception {
    try (ScriptedSmtpServer server = encrypting()) {
      server.on(
          Step.STARTTLS,
          turn -> {
            turn.raw("220 Go\r\n250-evil\r\n250 SIZE 1\r\n".getBytes(StandardCharsets.US_ASCII));
            turn.count(220);
          });
      assertNothingSaid(server, Stage.STARTTLS, attempt(server, TlsDemand.STS));
    }
  }

  private static ScriptedSmtpServer encrypting() {
    return ScriptedSmtpServer.start().offer("STARTTLS");
  }

  private AttemptResult attempt(ScriptedSmtpServer server, TlsDemand demand)
      throws InterruptedException {
    try (Transport transport = open(SmtpTimeouts.RFC5321, server.certificate().trustingContext())) {
      return transport.attempt(Transactions.to(server.route(), "ann@y.example").with(demand));
    }
  }

  private static void assertNothingSaid(
      ScriptedSmtpServer server, Stage stage, AttemptResult result) {
    assertEquals(stage, assertInstanceOf(Broken.class, only(result)).stage());
    assertEquals(List.of(), server.messages());
    assertFalse(server.sessions().get(0).receivedText().contains("MAIL"));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
