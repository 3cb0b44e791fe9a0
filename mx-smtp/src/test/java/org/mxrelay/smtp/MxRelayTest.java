package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Category;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** The facade over the real SMTP client, a real server on loopback and the queue in memory. */
class MxRelayTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final MessageSource MESSAGE =
      MessageSource.of(
          "Subject: hello\r\n\r\nhello\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final InMemoryQueue queue = InMemoryQueue.create();
  private final List<Outcome> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void submittedMessage_isRelayed() throws InterruptedException {
    try (MxRelay relay = builder().start()) {
      Receipt receipt = relay.submit(envelope(), MESSAGE);

      assertTrue(relay.drain(LONG));
      assertEquals(1, receipt.recipients());
      assertTrue(relay.status(receipt.id()).orElseThrow().isEnded());
      assertEquals(receipt.id(), relay.outcomes(0, 10).get(0).outcome().submission());
    }
    assertEquals(List.of(End.RELAYED), ends());
    assertEquals(List.of("ann@example.org"), server.awaitMessages(1, LONG).get(0).addresses());
  }

  @Test
  void postponedDestination_isLeftAloneUntilItsTimeIsOver() throws InterruptedException {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    try (MxRelay relay = builder().start()) {
      relay.postpone(Destination.parse("example.org"), later);
      relay.submit(envelope(), MESSAGE);
      assertFalse(relay.drain(Duration.ofMillis(300)));
      assertEquals(List.of(), server.sessions());

      relay.postpone(Destination.parse("example.org"), Instant.EPOCH);

      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(End.RELAYED), ends());
  }

  @Test
  void refusedMessage_comesBackAsAReport() throws InterruptedException {
    server.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("ann@") ? "550 5.1.1 no such user" : ""));
    try (MxRelay relay = builder().helo("mta.shop.example").start()) {
      relay.submit(envelope(), MESSAGE);

      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(End.BOUNCED, End.RELAYED), ends());
    String report = server.awaitMessages(1, LONG).get(0).text();
    assertTrue(report.contains("From: Mail Delivery System <MAILER-DAEMON@mta.shop.example>"));
    assertTrue(report.contains("Status: 5.1.1"));
  }

  @Test
  void g2_sameIdAgain_isSentOnce() throws InterruptedException {
    try (MxRelay relay = builder().start()) {
      SubmissionId id = new SubmissionId("order-4711");
      relay.submit(id, envelope(), MESSAGE);
      relay.submit(id, envelope(), MESSAGE);

      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(End.RELAYED), ends());
  }

  @Test
  void g2_messageThatCannotBeRead_isNotSent() throws InterruptedException {
    try (MxRelay relay = builder().start()) {
      MessageSource unreadable =
          () -> {
            throw new IOException("gone");
          };

      assertThrows(UncheckedIOException.class, () -> relay.submit(envelope(), unreadable));
      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(), ends());
  }

  @Test
  void closedRelay_takesNothing() {
    MxRelay relay = builder().start();
    relay.close();
    relay.close();

    assertThrows(IllegalStateException.class, () -> relay.submit(envelope(), MESSAGE));
    assertEquals(0, queue.stats().pending());
  }

  @Test
  void pausedRelay_waitsUntilResumed() throws InterruptedException {
    try (MxRelay relay = builder().start()) {
      relay.pause();
      relay.submit(envelope(), MESSAGE);
      assertFalse(relay.drain(Duration.ofMillis(1)) && server.messages().isEmpty());
      relay.resume();

      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(End.RELAYED), ends());
  }

  @Test
  void listeners_hearInOrder() throws InterruptedException {
    List<String> order = new CopyOnWriteArrayList<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void attempted(RelayEvent.Attempted event) {
            order.add("attempted");
          }

          @Override
          public void ended(Outcome outcome) {
            order.add("ended");
          }
        };
    try (MxRelay relay = builder().listener(listener).start()) {
      relay.submit(envelope(), MESSAGE);
      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of("attempted", "ended"), order);
  }

  @Test
  void exchangeThatGreetsWithOurHelo_isALoopAndWaits() throws Exception {
    server.named("App.Shop.Example");
    CompletableFuture<RelayEvent.Deferred> deferred = new CompletableFuture<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void deferred(RelayEvent.Deferred event) {
            deferred.complete(event);
          }
        };
    try (MxRelay relay = builder().self("app.shop.example").listener(listener).start()) {
      relay.submit(envelope(), MESSAGE);
      Diagnostic told = deferred.get(LONG.toSeconds(), TimeUnit.SECONDS).diagnostic();

      assertEquals("4.4.6", told.status().toString());
      assertEquals(Category.NETWORK, told.category());
      assertTrue(told.why().contains("our own name app.shop.example"), told.why());
    }
    assertEquals(List.of(), server.messages());
  }

  @Test
  void withoutNamesOfOurOwn_anyGreetingWillDo() throws InterruptedException {
    server.named("app.shop.example");
    try (MxRelay relay = builder().start()) {
      relay.submit(envelope(), MESSAGE);

      assertTrue(relay.drain(LONG));
    }
    assertEquals(List.of(End.RELAYED), ends());
  }

  private MxRelayBuilder builder() {
    Router here =
        destination ->
            new RouteDecision.Attempt(List.of(server.route()), new Trail(Instant.MAX, List.of()));
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(queue)
        .router(here)
        .listener(RelayListener.onEnd(heard::add));
  }

  private static Envelope envelope() {
    return Envelope.from("billing@shop.example").to("ann@example.org");
  }

  private List<End> ends() {
    return heard.stream().map(Outcome::outcome).toList();
  }
}
