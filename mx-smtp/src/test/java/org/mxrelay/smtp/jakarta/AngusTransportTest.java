package org.mxrelay.smtp.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.TlsDemand;

/** What the contract does not ask: logging in, and what Angus makes of its surroundings. */
class AngusTransportTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private RecipientResult attempt(AngusTransport.Builder by, TlsDemand demand)
      throws InterruptedException {
    return attempt(by, server.route(), demand).results().values().iterator().next();
  }

  private AttemptResult attempt(AngusTransport.Builder by, Route route, TlsDemand demand)
      throws InterruptedException {
    try (AngusTransport transport = by.trust(server.certificate().trustingContext()).build()) {
      return transport.attempt(Transactions.to(route, "ann@y.example").with(demand));
    }
  }

  @Test
  void routeThatDemandsDane_getsNothing() throws Exception {
    DaneIdentity identity =
        new DaneIdentity(
            "mx.test.example",
            List.of(new TlsaRecord(3, 1, 1, "00".repeat(32))),
            List.of("mx.test.example"));
    Lacking lacking =
        assertInstanceOf(
            Lacking.class, attempt(AngusTransport.builder(), TlsDemand.dane(identity)));
    assertEquals("4.7.5", lacking.status().toString());
    assertEquals(List.of(), server.sessions());
  }

  @Test
  void credentials_areSentUnderTls() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Welcome"));
    AngusTransport.Builder by = AngusTransport.builder().credentials("ann", "secret");
    assertInstanceOf(Answered.class, attempt(by, TlsDemand.STS));
    assertTrue(
        server.sessions().get(0).commands().stream().anyMatch(c -> c.startsWith("AUTH PLAIN ")));
  }

  @Test
  void credentials_neverGoOutInTheClear() throws Exception {
    server.offer("AUTH PLAIN");
    AngusTransport.Builder by = AngusTransport.builder().credentials("ann", "secret");
    TlsDemand none = TlsDemand.byOption(TlsDemand.Level.NONE);
    assertEquals(Stage.STARTTLS, assertInstanceOf(Broken.class, attempt(by, none)).stage());
    assertFalse(server.sessions().get(0).receivedText().contains("AUTH"));
  }

  @Test
  void refusedCredentials_areAnAnswer() throws Exception {
    server.offer("STARTTLS", "AUTH LOGIN PLAIN");
    server.on(
        Step.OTHER, Behaviour.reply("334 VXNlcm5hbWU6"), Behaviour.reply("535 5.7.8 Who are you?"));
    AngusTransport.Builder by =
        AngusTransport.builder()
            .credentials("ann", "secret")
            .property("mail.smtp.auth.mechanisms", "LOGIN");
    Refused refused = assertInstanceOf(Refused.class, attempt(by, TlsDemand.OPPORTUNISTIC));
    assertEquals(Stage.AUTH, refused.stage());
    assertEquals(535, refused.reply().code());
    assertEquals(List.of(), server.messages());
  }

  @Test
  void mechanismThatTheExchangeLacks_isBroken() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    AngusTransport.Builder by =
        AngusTransport.builder()
            .credentials("ann", "secret")
            .property("mail.smtp.auth.mechanisms", "XOAUTH2");
    Broken broken = assertInstanceOf(Broken.class, attempt(by, TlsDemand.OPPORTUNISTIC));
    assertTrue(broken.cause().contains("No authentication mechanisms"), broken.cause());
  }

  @Test
  void implicitTls_beginsWithTheConnection() throws Exception {
    server.on(
        Step.GREETING,
        turn -> {
          turn.handshake();
          turn.normal();
        });
    AngusTransport.Builder by = AngusTransport.builder().property("mail.smtp.ssl.enable", "true");
    assertInstanceOf(Answered.class, attempt(by, TlsDemand.STS));
    assertTrue(server.messages().get(0).tls());
    assertFalse(server.sessions().get(0).commands().contains("STARTTLS"));
  }

  @Test
  void exchangeWithoutAName_isReached() throws Exception {
    Route literal = new Route("[127.0.0.1]", 0, server.address(), Route.Origin.LITERAL);
    AttemptResult result = attempt(AngusTransport.builder(), literal, TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, result.results().values().iterator().next());
    assertEquals("[127.0.0.1]", server.messages().get(0).helo());
    assertTrue(result.session().extensions().contains("SMTPUTF8"));
  }

  @Test
  void refusalBeforeTheEndOfTheMessage_isHeard() throws Exception {
    server.onBody(
        1,
        turn -> {
          turn.reply("552 5.3.4 Too much");
          turn.readToEnd();
        });
    try (AngusTransport transport = AngusTransport.builder().build()) {
      Transaction small = Transactions.to(server.route(), "ann@y.example").plain();
      AttemptResult result =
          transport.attempt(
              new Transaction(
                  small.route(),
                  small.tls(),
                  small.envelope(),
                  EndlessText::new,
                  small.facts(),
                  small.gate()));
      Refused refused =
          assertInstanceOf(Refused.class, result.results().values().iterator().next());
      assertEquals(Stage.BODY, refused.stage());
      assertEquals(552, refused.reply().code());
    }
  }

  @Test
  void properties_thatAreNotTheCallers_areRefused() {
    for (String name :
        List.of(
            "mail.smtp.chunksize",
            "mail.smtp.sendpartial",
            "mail.smtp.from",
            "mail.smtp.host",
            "mail.smtp.socks.host",
            "mail.smtp.ssl.trust",
            "mail.mime.allowutf8")) {
      String said =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> AngusTransport.builder().property(name, "1"))
              .getMessage();
      assertTrue(said.contains(name + "=1"), said);
    }
  }

  @Test
  void loggingInWithoutCredentials_isRefused() {
    AngusTransport.Builder by = AngusTransport.builder().property("mail.smtp.auth", "true");
    assertThrows(IllegalArgumentException.class, by::build);
  }

  private static final class EndlessText extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Arrays.fill(into, offset, offset + length, (byte) 'x');
      return length;
    }
  }
}
