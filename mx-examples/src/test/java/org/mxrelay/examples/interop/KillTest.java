package org.mxrelay.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.ScriptedDnsServer;

/** What was accepted arrives, though the process is killed while it delivers (G1, G3, G5). */
@Tag("ci")
class KillTest {

  private static final int CONCURRENCY = 8;

  @TempDir Path work;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void killedInMidDelivery_loseNothing() throws Exception {
    killedInMidDelivery(5, 400);
  }

  @Test
  @Tag("proof")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killedOverAndOver_loseNothing() throws Exception {
    killedInMidDelivery(100, 8_000);
  }

  private void killedInMidDelivery(int kills, int messages) throws Exception {
    long seed = Long.getLong("mx.seed", System.nanoTime());
    Random random = new Random(seed);
    try (ScriptedSmtpServer exchange = ScriptedSmtpServer.start();
        ScriptedDnsServer dns =
            ScriptedDnsServer.start(
                "example.test. 300 MX 10 mx.example.test.\nmx.example.test. 300 A 127.0.0.1\n")) {
      exchange.on(Step.END_OF_DATA, Behaviour.normal().after(Duration.ofMillis(20)));
      enqueue(messages);
      for (int kill = 1; kill <= kills; kill++) {
        killAfter(exchange, dns, exchange.messages().size() + 10 + random.nextInt(50));
      }
      MxProcess.run(work, 0, run(exchange, dns, "--until-empty"));
      assertBalanced(messages, kills, exchange.messages(), "seed " + seed);
    }
  }

  private void killAfter(ScriptedSmtpServer exchange, ScriptedDnsServer dns, int arrived)
      throws IOException, InterruptedException {
    try (MxProcess mx = MxProcess.start(work, run(exchange, dns, "--for", "60s"))) {
      exchange.awaitMessages(arrived, Duration.ofSeconds(60));
      mx.kill();
    }
  }

  private void enqueue(int messages) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(work.resolve("letters"));
    for (int i = 0; i < messages; i++) {
      Files.writeString(
          folder.resolve("m" + i + ".eml"), "Subject: m" + i + "\r\n\r\nbody " + i + "\r\n");
    }
    List<String> queued =
        MxProcess.run(
            work,
            0,
            List.of(
                "enqueue",
                "--json",
                "--queue",
                queue(),
                "--from",
                "a@sender.test",
                "--to",
                "ann@example.test",
                folder.toString()));
    assertEquals(messages, queued.size());
  }

  private List<String> run(ScriptedSmtpServer exchange, ScriptedDnsServer dns, String... until) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--json",
                "--queue",
                queue(),
                "--helo",
                "sender.test",
                "--dns",
                "127.0.0.1:" + dns.address().getPort(),
                "--port",
                String.valueOf(exchange.port()),
                "--allow-private",
                "--concurrency",
                String.valueOf(CONCURRENCY),
                "--timeout-scale",
                "0.01",
                // A stage that took too long on a busy machine is tried again while the test lasts.
                "--retry",
                "1s"));
    arguments.addAll(List.of(until));
    return arguments;
  }

  private String queue() {
    return "sqlite:" + work.resolve("mail.db");
  }

  private static void assertBalanced(
      int sent, int kills, List<ReceivedMessage> arrived, String seed) {
    Map<String, Integer> copies = new HashMap<>();
    arrived.forEach(m -> copies.merge(subject(m), 1, Integer::sum));
    TreeSet<String> lost = new TreeSet<>();
    for (int i = 0; i < sent; i++) {
      if (!copies.containsKey("m" + i)) {
        lost.add("m" + i);
      }
    }
    assertEquals(new TreeSet<>(), lost, "lost, " + seed);
    assertEquals(sent, copies.size(), "phantoms, " + seed);
    int duplicates = arrived.size() - sent;
    // G5: sessions between their last byte and a durable settle, and one batch of settles a kill.
    assertTrue(duplicates <= kills * 2 * CONCURRENCY, duplicates + " duplicates, " + seed);
  }

  private static String subject(ReceivedMessage message) {
    return message.text().lines().findFirst().orElse("").substring("Subject: ".length());
  }
}
