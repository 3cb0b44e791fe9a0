package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.tls.TlsDemand;

class TlsClientTest {

  private static final TlsDemand VERIFIED = TlsDemand.byOption(TlsDemand.Level.VERIFIED);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport =
      SmtpTransport.builder()
          .helo("me.example")
          .trust(server.certificate().trustingContext())
          .build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private Transactions toAnn() {
    return Transactions.to(server.route(), "ann@y.example");
  }

  @Test
  void opportunisticTls_encryptsToAnybody() throws Exception {
    server.offer("STARTTLS").named("unknown.example");
    AttemptResult result = transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC));
    assertInstanceOf(Answered.class, only(result));
    assertTrue(server.messages().get(0).tls());
    assertEquals(Certificate.UNVERIFIED, result.session().tls().orElseThrow().certificate());
  }

  @Test
  void verifiedTls_reusesItsConnection() throws Exception {
    server.offer("STARTTLS");
    transport.attempt(toAnn().with(VERIFIED));
    AttemptResult result = transport.attempt(toAnn().with(VERIFIED));
    assertInstanceOf(Answered.class, only(result));
    assertEquals(Certificate.VERIFIED, result.session().tls().orElseThrow().certificate());
    assertEquals(1, server.sessions().size());
  }

  @Test
  void verifiedTls_refusesAnotherName() throws Exception {
    server.offer("STARTTLS");
    org.mxrelay.routing.Route wrong =
        new org.mxrelay.routing.Route(
            "other.example", 10, server.address(), org.mxrelay.routing.Route.Origin.MX);
    Broken broken =
        assertInstanceOf(
            Broken.class,
            only(transport.attempt(Transactions.to(wrong, "ann@y.example").with(VERIFIED))));
    assertEquals(Stage.TLS, broken.stage());
    assertEquals(List.of(), server.messages());
  }

  @Test
  void verifiedTls_neverGoesOnInPlaintext() throws Exception {
    Broken broken = assertInstanceOf(Broken.class, only(transport.attempt(toAnn().with(VERIFIED))));
    assertEquals(Stage.STARTTLS, broken.stage());
    assertFalse(server.sessions().get(0).receivedText().contains("MAIL"));
  }

  @Test
  void stricterDemand_getsAConnectionOfItsOwn() throws Exception {
    server.offer("STARTTLS");
    transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC));
    transport.attempt(toAnn().with(VERIFIED));
    assertEquals(2, server.sessions().size());
  }

  @Test
  void facts_tellWhosePolicyWasMetAndWhatWasSeen() throws Exception {
    server.offer("STARTTLS").named("unknown.example");
    TlsFacts anybody =
        transport.attempt(toAnn().with(TlsDemand.OPPORTUNISTIC)).session().tls().orElseThrow();
    assertEquals("default", anybody.policy());
    assertEquals(List.of("unknown.example"), anybody.seen().orElseThrow().names());
    assertTrue(anybody.protocol().startsWith("TLSv1."), anybody.protocol());
    assertFalse(anybody.cipher().isEmpty());
    server.named("mx.test.example");
    TlsFacts policy = transport.attempt(toAnn().with(TlsDemand.STS)).session().tls().orElseThrow();
    assertEquals("sts", policy.policy());
    assertEquals(Certificate.VERIFIED, policy.certificate());
  }

  @Test
  void secondHandshake_resumesTheSessionOfTheFirst() throws Exception {
    server.on(
        Step.GREETING,
        turn -> {
          turn.handshake();
          turn.normal();
        });
    TlsClient client =
        new TlsClient(Optional.of(server.certificate().trustingContext()), InstantSource.system());
    for (TlsDemand demand : List.of(TlsDemand.OPPORTUNISTIC, VERIFIED)) {
      assertEquals(createdIn(client, demand), createdIn(client, demand), demand::toString);
    }
  }

  /** When the session came to be that a new connection has, which is earlier if it was resumed. */
  private long createdIn(TlsClient client, TlsDemand demand) throws Exception {
    try (Socket raw = new Socket(server.address().getAddress(), server.port());
        SSLSocket tls = client.over(raw, server.route(), demand)) {
      tls.startHandshake();
      // The greeting, and before it the ticket for the next session.
      assertEquals('2', tls.getInputStream().read());
      return tls.getSession().getCreationTime();
    }
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
