package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

class PoolTest {

  private static final Duration SOON = Duration.ofSeconds(10);

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
  void secondMessage_usesTheSameConnectionWithoutRset() throws Exception {
    attempt();
    attempt();
    assertEquals(2, server.messages().size());
    assertEquals(1, server.sessions().size());
    assertFalse(server.sessions().get(0).commands().contains("RSET"));
  }

  @Test
  void afterARefusal_theNextTransactionBeginsWithRset() throws Exception {
    server.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"), Behaviour.normal());
    assertInstanceOf(Refused.class, attempt());
    assertInstanceOf(Answered.class, attempt());
    assertEquals(1, server.sessions().size());
    assertTrue(server.sessions().get(0).commands().contains("RSET"));
  }

  @Test
  void peerThatClosedAnIdleConnection_costsOneNewConnection() throws Exception {
    attempt();
    server.stop();
    server.restart();
    assertInstanceOf(Answered.class, attempt());
    assertEquals(2, server.sessions().size());
  }

  @Test
  void peerThatSays421ToTheNextMail_costsOneNewConnection() throws Exception {
    server.on(Step.MAIL, Behaviour.normal(), Behaviour.reply("421 4.3.2 Enough"));
    attempt();
    server.on(Step.MAIL, Behaviour.reply("421 4.3.2 Enough"), Behaviour.normal());
    assertInstanceOf(Answered.class, attempt());
    assertEquals(2, server.sessions().size());
  }

  @Test
  void maxMessages_endsTheConnectionWithQuit() throws Exception {
    try (SmtpTransport one = SmtpTransport.builder().maxMessagesPerConnection(1).build()) {
      one.attempt(toAnn().plain());
      assertTrue(server.sessions().get(0).awaitEnd(SOON));
      assertEquals("QUIT", last(server.sessions().get(0).commands()));
    }
  }

  @Test
  void idleConnection_endsAfterItsTime() throws Exception {
    try (SmtpTransport brief = SmtpTransport.builder().maxIdle(Duration.ofMillis(50)).build()) {
      brief.attempt(toAnn().plain());
      assertTrue(server.sessions().get(0).awaitEnd(SOON));
      assertEquals("QUIT", last(server.sessions().get(0).commands()));
    }
  }

  @Test
  void maxAge_endsTheConnectionWithQuit() throws Exception {
    try (SmtpTransport young = SmtpTransport.builder().maxAge(Duration.ZERO).build()) {
      young.attempt(toAnn().plain());
      assertTrue(server.sessions().get(0).awaitEnd(SOON));
      assertEquals("QUIT", last(server.sessions().get(0).commands()));
    }
  }

  @Test
  void close_endsIdleConnections() throws Exception {
    attempt();
    transport.close();
    assertTrue(server.sessions().get(0).awaitEnd(SOON));
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }

  private RecipientResult attempt() throws InterruptedException {
    return only(transport.attempt(toAnn().plain()));
  }

  private static String last(List<String> of) {
    return of.get(of.size() - 1);
  }
}
