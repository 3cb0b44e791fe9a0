package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.Credentials.Mechanism;
import org.mxrelay.smtp.client.Credentials.Over;
import org.mxrelay.smtp.client.SmartHost.TlsStart;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.tls.TlsDemand;

/** Logging in, and TLS that begins with the connection. */
class SmartHostTest {

  private static final TlsDemand PLAINTEXT = TlsDemand.byOption(TlsDemand.Level.NONE);
  private static final Credentials ANN = Credentials.password("ann", () -> "secret");

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private AttemptResult attempt(SmartHost how, Route route, TlsDemand demand)
      throws InterruptedException {
    try (SmtpTransport transport =
        SmtpTransport.builder()
            .helo("me.example")
            .trust(server.certificate().trustingContext())
            .smartHost(how)
            .build()) {
      return transport.attempt(Transactions.to(route, "ann@y.example").with(demand));
    }
  }

  private RecipientResult attempt(Credentials login) throws InterruptedException {
    return only(attempt(SmartHost.PLAIN.with(login), server.route(), TlsDemand.OPPORTUNISTIC));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  private List<String> commands() {
    return server.sessions().get(0).commands();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void password_isSentByPlainUnderTlsThatIsVerified() throws Exception {
    server.offer("STARTTLS", "AUTH LOGIN PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    AttemptResult result =
        attempt(SmartHost.PLAIN.with(ANN), server.route(), TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, only(result));
    assertEquals(Certificate.VERIFIED, result.session().tls().orElseThrow().certificate());
    List<String> commands = commands();
    assertEquals("AUTH PLAIN " + base64("\0ann\0secret"), commands.get(3));
    assertTrue(commands.get(4).startsWith("MAIL "), commands.get(4));
  }

  @Test
  void hostThatOffersNoTls_hearsNoPassword() throws Exception {
    server.offer("AUTH PLAIN");
    for (TlsDemand asked : List.of(TlsDemand.OPPORTUNISTIC, PLAINTEXT)) {
      Broken broken =
          assertInstanceOf(
              Broken.class, only(attempt(SmartHost.PLAIN.with(ANN), server.route(), asked)));
      assertEquals(Stage.STARTTLS, broken.stage());
    }
    assertFalse(server.sessions().get(0).receivedText().contains("AUTH"));
  }

  @Test
  void hostWithAnotherName_hearsNoPassword() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").named("impostor.example");
    Route route = new Route("relay.example", 0, server.address(), Route.Origin.STATIC);
    AttemptResult result = attempt(SmartHost.PLAIN.with(ANN), route, TlsDemand.OPPORTUNISTIC);
    assertEquals(Stage.TLS, assertInstanceOf(Broken.class, only(result)).stage());
    assertFalse(commands().stream().anyMatch(c -> c.startsWith("AUTH")));
  }

  @Test
  void tlsWithAnybody_isEnoughIfSaid() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    Route route = new Route("relay.example", 0, server.address(), Route.Origin.STATIC);
    AttemptResult result =
        attempt(SmartHost.PLAIN.with(ANN.over(Over.TLS)), route, TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, only(result));
  }

  @Test
  void plaintext_isEnoughIfSaid() throws Exception {
    server.offer("AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    assertInstanceOf(Answered.class, attempt(ANN.over(Over.ANYTHING)));
    assertFalse(server.messages().get(0).tls());
  }

  @Test
  void exchangeThatTheDnsNamed_hearsNoPassword() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    Route mx = new Route(server.name(), 10, server.address(), Route.Origin.MX);
    AttemptResult result = attempt(SmartHost.PLAIN.with(ANN), mx, TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, only(result));
    assertFalse(commands().stream().anyMatch(c -> c.startsWith("AUTH")));
  }

  @Test
  void login_isAskedTwice() throws Exception {
    server.offer("STARTTLS", "AUTH LOGIN");
    server.on(
        Step.OTHER,
        Behaviour.reply("334 VXNlcm5hbWU6"),
        Behaviour.reply("334 UGFzc3dvcmQ6"),
        Behaviour.reply("235 2.7.0 Hi"));
    assertInstanceOf(Answered.class, attempt(ANN));
    assertEquals(List.of("AUTH LOGIN", base64("ann"), base64("secret")), commands().subList(3, 6));
  }

  @Test
  void token_isSentByXoauth2() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN XOAUTH2").on(Step.OTHER, Behaviour.reply("235 Hi"));
    assertInstanceOf(Answered.class, attempt(Credentials.token("ann", () -> "ya29")));
    assertEquals(
        "AUTH XOAUTH2 " + base64("user=ann\u0001auth=Bearer ya29\u0001\u0001"), commands().get(3));
  }

  @Test
  void refusedToken_isAnsweredAndIsARefusal() throws Exception {
    server.offer("STARTTLS", "AUTH XOAUTH2");
    server.on(
        Step.OTHER,
        Behaviour.reply("334 " + base64("{\"status\":\"401\"}")),
        Behaviour.reply("535 5.7.8 Token expired"));
    Refused refused =
        assertInstanceOf(Refused.class, attempt(Credentials.token("ann", () -> "old")));
    assertEquals(Stage.AUTH, refused.stage());
    assertEquals("", commands().get(4));
  }

  @Test
  void longToken_doesNotStandInTheCommand() throws Exception {
    server.offer("STARTTLS", "AUTH XOAUTH2");
    server.on(Step.OTHER, Behaviour.reply("334 "), Behaviour.reply("235 2.7.0 Hi"));
    assertInstanceOf(Answered.class, attempt(Credentials.token("ann", () -> "t".repeat(1_500))));
    assertEquals("AUTH XOAUTH2", commands().get(3));
    assertTrue(commands().get(4).length() > 1_500);
  }

  @Test
  void scram_isPreferredAndItsServerMustProveItself() throws Exception {
    ScramServer scram = new ScramServer("ann", "secret");
    server.offer("STARTTLS", "AUTH PLAIN SCRAM-SHA-256").on(Step.OTHER, scram.behaviour());
    assertInstanceOf(Answered.class, attempt(ANN));
    assertFalse(server.sessions().get(0).receivedText().contains(base64("\0ann\0secret")));
  }

  @Test
  void scramServerThatDoesNotKnowThePassword_getsNoMessage() throws Exception {
    ScramServer scram = new ScramServer("ann", "secret").withAnotherSignature();
    server.offer("STARTTLS", "AUTH SCRAM-SHA-256").on(Step.OTHER, scram.behaviour());
    Broken broken = assertInstanceOf(Broken.class, attempt(ANN));
    assertEquals(Stage.AUTH, broken.stage());
    assertTrue(broken.cause().contains("does not know the password"), broken.cause());
    assertEquals(List.of(), server.messages());
  }

  @Test
  void scramServerThatSaysYesAtOnce_getsNoMessage() throws Exception {
    server.offer("STARTTLS", "AUTH SCRAM-SHA-256").on(Step.OTHER, Behaviour.reply("235 Hi"));
    Broken broken = assertInstanceOf(Broken.class, attempt(ANN));
    assertTrue(broken.cause().contains("has proved nothing"), broken.cause());
    assertEquals(List.of(), server.messages());
  }

  @Test
  void refusedPassword_isAnAnswerThatDoesNotShowIt() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    String said = base64("\0ann\0secret");
    server.on(Step.OTHER, Behaviour.reply("535-5.7.8 No: AUTH PLAIN " + said, "535 5.7.8 secret?"));
    Refused refused = assertInstanceOf(Refused.class, attempt(ANN));
    assertEquals(Stage.AUTH, refused.stage());
    assertEquals(535, refused.reply().code());
    String shown = refused.reply().printable() + refused.reply().lines();
    assertFalse(shown.contains(said) || shown.contains("secret"), shown);
    assertTrue(shown.contains("[withheld]"), shown);
  }

  @Test
  void challengesWithoutEnd_areBroken() throws Exception {
    server.offer("STARTTLS", "AUTH LOGIN").on(Step.OTHER, Behaviour.reply("334 "));
    Broken broken = assertInstanceOf(Broken.class, attempt(ANN));
    assertEquals(Stage.AUTH, broken.stage());
  }

  @Test
  void noMechanismInCommon_isBroken() throws Exception {
    server.offer("STARTTLS", "AUTH GSSAPI PLAIN");
    Broken broken = assertInstanceOf(Broken.class, attempt(ANN.by(Mechanism.LOGIN)));
    assertTrue(broken.cause().contains("GSSAPI"), broken.cause());
    assertEquals(Stage.AUTH, broken.stage());
  }

  @Test
  void secretThatCannotBeRead_isBroken() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    Broken broken =
        assertInstanceOf(
            Broken.class,
            attempt(
                Credentials.password(
                    "ann", Credentials.firstLineOf(java.nio.file.Path.of("/no/such/file")))));
    assertEquals(Stage.AUTH, broken.stage());
    assertTrue(broken.cause().contains("/no/such/file"), broken.cause());
  }

  @Test
  void logIn_happensOnceAConnection() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    try (SmtpTransport transport =
        SmtpTransport.builder()
            .trust(server.certificate().trustingContext())
            .smartHost(SmartHost.PLAIN.with(ANN))
            .build()) {
      for (int i = 0; i < 2; i++) {
        transport.attempt(
            Transactions.to(server.route(), "ann@y.example").with(TlsDemand.OPPORTUNISTIC));
      }
    }
    assertEquals(1, server.sessions().size());
    assertEquals(1, commands().stream().filter(c -> c.startsWith("AUTH")).count());
  }

  @Test
  void implicitTls_beginsWithTheConnection() throws Exception {
    server.offer("STARTTLS").on(Step.GREETING, SmartHostTest::tlsBeforeTheGreeting);
    SmartHost how = SmartHost.PLAIN.with(TlsStart.IMPLICIT);
    AttemptResult result = attempt(how, server.route(), TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, only(result));
    assertTrue(server.messages().get(0).tls());
    assertFalse(commands().contains("STARTTLS"));
    assertEquals(Certificate.UNVERIFIED, result.session().tls().orElseThrow().certificate());
  }

  @Test
  void implicitTlsWithALogin_isVerified() throws Exception {
    server.on(Step.GREETING, SmartHostTest::tlsBeforeTheGreeting);
    Route route = new Route("relay.example", 0, server.address(), Route.Origin.STATIC);
    SmartHost how = SmartHost.PLAIN.with(TlsStart.IMPLICIT).with(ANN);
    Broken broken = assertInstanceOf(Broken.class, only(attempt(how, route, PLAINTEXT)));
    assertEquals(Stage.TLS, broken.stage());
  }

  @Test
  void session_logsInWhenTold() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    try (SmtpTransport transport =
            SmtpTransport.builder()
                .trust(server.certificate().trustingContext())
                .smartHost(SmartHost.PLAIN.with(ANN))
                .build();
        SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      session.startTls(TlsDemand.byOption(TlsDemand.Level.VERIFIED));
      session.ehlo();
      assertEquals(235, session.auth().orElseThrow().code());
    }
  }

  @Test
  void sessionWithTlsToAnybody_doesNotLogIn() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    try (SmtpTransport transport =
            SmtpTransport.builder().smartHost(SmartHost.PLAIN.with(ANN)).build();
        SmtpSession session = transport.open(server.route())) {
      session.ehlo();
      session.startTls(TlsDemand.OPPORTUNISTIC);
      session.ehlo();
      SessionBrokenException e = assertThrows(SessionBrokenException.class, session::auth);
      assertEquals(Stage.AUTH, e.stage());
    }
    assertFalse(commands().stream().anyMatch(c -> c.startsWith("AUTH")));
  }

  @Test
  void connectionThatIsLoggedIn_isNotUsedForWhomTheDnsNamed() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 2.7.0 Hi"));
    Route mx =
        new Route(server.name(), server.route().preference(), server.address(), Route.Origin.MX);
    try (SmtpTransport transport =
        SmtpTransport.builder()
            .trust(server.certificate().trustingContext())
            .smartHost(SmartHost.PLAIN.with(ANN))
            .build()) {
      for (Route route : List.of(server.route(), mx, server.route(), mx)) {
        transport.attempt(Transactions.to(route, "ann@y.example").with(TlsDemand.OPPORTUNISTIC));
      }
    }
    assertEquals(List.of(1, 2, 1, 2), server.messages().stream().map(m -> m.session()).toList());
    assertFalse(server.sessions().get(1).commands().stream().anyMatch(c -> c.startsWith("AUTH")));
  }

  @Test
  void secretThatCannotBeHad_breaksTheSessionAndNothingElse() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN");
    Credentials failing =
        Credentials.token(
                "ann",
                () -> {
                  throw new IllegalStateException("token=s3cret");
                })
            .by(Mechanism.PLAIN);
    Broken broken = assertInstanceOf(Broken.class, attempt(failing));
    assertEquals(Stage.AUTH, broken.stage());
    assertFalse(broken.cause().contains("s3cret"), broken.cause());
    assertTrue(server.sessions().get(0).awaitEnd(Duration.ofSeconds(10)));
  }

  @Test
  void credentials_showNoSecret() {
    assertEquals("credentials of ann", ANN.toString());
  }

  private static void tlsBeforeTheGreeting(org.mxrelay.smtp.testkit.Turn turn)
      throws java.io.IOException {
    turn.handshake();
    turn.normal();
  }
}
