package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.client.Credentials;
import org.mxrelay.smtp.client.SmartHost;
import org.mxrelay.smtp.client.SmartHost.Protocol;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** A relay whose mail goes to a host of the owner's: its limits, its LMTP, its login. */
class SmartHostDeliveryTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final MessageSource MESSAGE =
      MessageSource.of("Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII));

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final Map<String, End> ends = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    server.close();
  }

  private MxRelayBuilder relay(SmartHost how) {
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(InMemoryQueue.create())
        .bounces(Bounces.NONE)
        .router(
            destination ->
                new RouteDecision.Attempt(
                    List.of(server.route()), new Trail(Instant.MAX, List.of())))
        .transport(
            SmtpTransport.builder()
                .helo("app.shop.example")
                .trust(server.certificate().trustingContext())
                .smartHost(how)
                .build())
        .listener(RelayListener.onEnd(o -> ends.put(o.recipient().toString(), o.outcome())));
  }

  @Test
  void moreRecipientsThanAreTakenAtOnce_goOneTransactionAfterTheOtherOverOneConnection()
      throws Exception {
    server.offer("LIMITS RCPTMAX=3");
    String[] ten =
        IntStream.range(0, 10).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
    try (MxRelay relay = relay(SmartHost.PLAIN).start()) {
      relay.submit(Envelope.from("a@shop.example").to(ten), MESSAGE);
      assertTrue(relay.drain(LONG));
    }
    assertEquals(
        List.of(3, 3, 3, 1), server.messages().stream().map(m -> m.addresses().size()).toList());
    assertEquals(1, server.sessions().size());
    assertEquals(10, ends.values().stream().filter(End.RELAYED::equals).count());
  }

  @Test
  void deliveryAgent_decidesForEachRecipient() throws Exception {
    server
        .lmtp()
        .on(
            Step.END_OF_DATA,
            Behaviour.replyTo(a -> a.startsWith("bob@") ? "552 5.2.2 Mailbox full" : ""));
    try (MxRelay relay = relay(SmartHost.PLAIN.with(Protocol.LMTP)).start()) {
      relay.submit(
          Envelope.from("a@shop.example").to("ann@example.org", "bob@example.org"), MESSAGE);
      assertTrue(relay.drain(LONG));
    }
    assertEquals(
        Map.of("ann@example.org", End.RELAYED, "bob@example.org", End.BOUNCED),
        new TreeMap<>(ends));
  }

  @Test
  void refusedLogin_keepsTheMailWaiting() throws Exception {
    server.offer("STARTTLS", "AUTH PLAIN").on(Step.OTHER, Behaviour.reply("535 5.7.8 No"));
    CompletableFuture<RelayEvent.Deferred> deferred = new CompletableFuture<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void deferred(RelayEvent.Deferred event) {
            deferred.complete(event);
          }
        };
    Credentials login = Credentials.password("ann", () -> "secret");
    try (MxRelay relay = relay(SmartHost.PLAIN.with(login)).listener(listener).start()) {
      relay.submit(Envelope.from("a@shop.example").to("ann@example.org"), MESSAGE);
      Diagnostic told = deferred.get(LONG.toSeconds(), TimeUnit.SECONDS).diagnostic();
      assertEquals(Optional.of(Stage.AUTH), told.stage());
      assertEquals(4, told.status().severity());
      assertTrue(told.reply().startsWith("535"), told.reply());
    }
    assertEquals(Map.of(), ends);
  }
}
