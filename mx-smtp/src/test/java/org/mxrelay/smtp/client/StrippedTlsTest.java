package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** V2: somebody on the way takes STARTTLS away, and nothing goes out that was to be encrypted. */
class StrippedTlsTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = transport();

  private SmtpTransport transport() {
    return SmtpTransport.builder()
        .helo("me.example")
        .trust(server.certificate().trustingContext())
        .build();
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  static Stream<TlsDemand> policies() {
    return Stream.of(
        TlsDemand.byOption(Level.ENCRYPTED),
        TlsDemand.byOption(Level.VERIFIED),
        TlsDemand.STS,
        TlsDemand.REQUIRETLS);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void v2_strippedFromTheOffers_getsNothing(TlsDemand policy) throws Exception {
    server.offer("XXXXXXXA");
    assertNothingSent(attempt(policy));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void v2_answeredInThePeersPlace_getsNothing(TlsDemand policy) throws Exception {
    server.offer("STARTTLS");
    for (String no : List.of("454 4.7.0 TLS not available", "502 5.5.1 What?", "250 ok")) {
      server.on(Step.STARTTLS, Behaviour.reply(no));
      server.on(Step.HANDSHAKE, Behaviour.reply("250 Go on without"));
      assertNothingSent(attempt(policy));
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void v2_brokenHandshake_getsNothing(TlsDemand policy) throws Exception {
    server.offer("STARTTLS");
    server.on(Step.HANDSHAKE, turn -> turn.alert());
    assertNothingSent(attempt(policy));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void v2_refusedEhlo_isNotFollowedByHeloInTheClear(TlsDemand policy) throws Exception {
    server.offer("STARTTLS").on(Step.EHLO, Behaviour.reply("502 5.5.1 What?"));
    assertNothingSent(attempt(policy));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void v2_strippedFromTheNextConnection_getsNothingMore(TlsDemand policy) throws Exception {
    if (policy.equals(TlsDemand.REQUIRETLS)) {
      server.offer("REQUIRETLS");
    }
    server.offer("STARTTLS");
    assertInstanceOf(Answered.class, only(attempt(policy)));
    server.stop();
    server.restart();
    server.withdraw("STARTTLS");
    assertNothingSent(attempt(policy));
  }

  @Test
  void v2_strippedWithoutAPolicy_isSeenInTheResult() throws Exception {
    AttemptResult result = attempt(TlsDemand.OPPORTUNISTIC);
    assertInstanceOf(Answered.class, only(result));
    assertTrue(result.session().tls().isEmpty());
  }

  private AttemptResult attempt(TlsDemand policy) throws InterruptedException {
    return transport.attempt(Transactions.to(server.route(), "ann@y.example").with(policy));
  }

  private void assertNothingSent(AttemptResult result) {
    assertInstanceOf(Broken.class, only(result));
    String last = server.sessions().get(server.sessions().size() - 1).receivedText();
    assertFalse(last.contains("MAIL") || last.contains("RCPT") || last.contains("Subject"), last);
    assertEquals(
        server.sessions().stream().filter(s -> s.receivedText().contains("MAIL")).count(),
        server.messages().size());
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
