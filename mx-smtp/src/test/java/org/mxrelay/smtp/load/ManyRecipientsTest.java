package org.mxrelay.smtp.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** One message for ten thousand, from its submission to each one's outcome. */
class ManyRecipientsTest {

  private static final int COUNT = 10_000;

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tenThousandRecipients_areRelayedInOneMessage() throws Exception {
    server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("r77@") ? "550 5.1.1 Who?" : ""));
    try (InMemoryQueue queue = InMemoryQueue.create()) {
      Set<String> relayed = relayed(queue, COUNT);
      assertEquals(COUNT - 1, relayed.size());
    }
    assertEquals(1, server.messages().size());
    assertEquals(COUNT - 1, server.messages().get(0).recipients().size());
  }

  @Test
  void twoThousandRecipients_areRelayedByHundredsWhereThePeerTakesNoMore(@TempDir Path folder)
      throws Exception {
    AtomicInteger inTransaction = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    server.on(
        Step.MAIL,
        turn -> {
          inTransaction.set(0);
          turn.normal();
        });
    server.on(
        Step.RCPT,
        turn -> {
          asked.incrementAndGet();
          if (inTransaction.getAndIncrement() < 100) {
            turn.normal();
          } else {
            turn.reply("452 4.5.3 Too many recipients");
          }
        });
    try (JdbcQueue queue = JdbcQueue.sqlite(folder.resolve("mail.db"))) {
      assertEquals(2_000, relayed(queue, 2_000).size());
    }
    assertEquals(20, server.messages().size());
    assertTrue(asked.get() < 2 * 2_000, "RCPT commands: " + asked);
  }

  private Set<String> relayed(DeliveryQueue queue, int count) throws InterruptedException {
    String[] all =
        IntStream.range(0, count).mapToObj(i -> "r" + i + "@y.example").toArray(String[]::new);
    Set<String> relayed = ConcurrentHashMap.newKeySet();
    Trail trail = new Trail(Instant.MAX, List.of());
    try (MxRelay relay =
        MxRelay.builder()
            .queue(queue)
            .router(to -> new RouteDecision.Attempt(List.of(server.route()), trail))
            .bounces(Bounces.NONE)
            .listener(
                RelayListener.onEnd(
                    o -> {
                      if (o.outcome() == End.RELAYED) {
                        relayed.add(o.recipient().toString());
                      }
                    }))
            .start()) {
      relay.submit(
          Envelope.from("a@x.example").to(all),
          MessageSource.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      assertTrue(relay.drain(Duration.ofMinutes(1)));
    }
    Set<String> arrived =
        server.messages().stream()
            .flatMap(m -> m.addresses().stream())
            .collect(Collectors.toCollection(HashSet::new));
    assertEquals(arrived, relayed);
    return relayed;
  }
}
