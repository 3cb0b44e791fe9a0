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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.DatabaseServer;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.ScriptedDnsServer;

/**
 * Several processes deliver from one PostgreSQL queue while one is stopped beyond its leases, one
 * is killed, and the database crashes: what was accepted arrives (G1, G3, G5, G14).
 */
@Tag("ci")
class NodesTest {

  private static final int MESSAGES = 600;
  private static final int CONCURRENCY = 8;

  /** One stopped, one killed, and the crash of the database under the third. */
  private static final int MISHAPS = 3;

  @TempDir Path work;
  @TempDir Path database;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void nodesStoppedAndKilledAndDatabaseCrashed_loseNothing() throws Exception {
    try (DatabaseServer server = DatabaseServer.postgresql(database);
        ScriptedSmtpServer exchange = ScriptedSmtpServer.start();
        ScriptedDnsServer dns =
            ScriptedDnsServer.start(
                "example.test. 300 MX 10 mx.example.test.\nmx.example.test. 300 A 127.0.0.1\n")) {
      exchange.on(Step.END_OF_DATA, Behaviour.normal().after(Duration.ofMillis(50)));
      String queue = server.newDatabase();
      enqueue(queue);
      List<String> run = run(queue, exchange, dns);
      try (MxProcess stopped = MxProcess.start(work, run);
          MxProcess killed = MxProcess.start(work, run)) {
        exchange.awaitMessages(50, Duration.ofMinutes(2));
        signal("STOP", stopped);
        exchange.awaitMessages(150, Duration.ofMinutes(2));
        killed.kill();
        try (MxProcess third = MxProcess.start(work, run)) {
          exchange.awaitMessages(250, Duration.ofMinutes(2));
          server.crash();
          server.start();
          // The leases of the stopped and of the killed one run out meanwhile, a minute from now.
          awaitAll(exchange);
          signal("CONT", stopped);
          assertEquals(0, third.await(), third.said());
          assertEquals(0, stopped.await(), stopped.said());
        }
      }
      assertBalanced(exchange.messages());
    }
  }

  private static void awaitAll(ScriptedSmtpServer exchange) throws InterruptedException {
    int count = MESSAGES;
    // Duplicates count as well: look again until each subject has come.
    while (copies(exchange.messages()).size() < MESSAGES) {
      exchange.awaitMessages(count, Duration.ofMinutes(5));
      count = exchange.messages().size() + 1;
    }
  }

  private static void signal(String name, MxProcess process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  private void enqueue(String queue) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(work.resolve("letters"));
    for (int i = 0; i < MESSAGES; i++) {
      Files.writeString(
          folder.resolve("m" + i + ".eml"), "Subject: m" + i + "\r\n\r\nbody " + i + "\r\n");
    }
    List<String> arguments = new ArrayList<>(List.of("enqueue", "--json", "--queue", queue));
    arguments.addAll(List.of("--from", "a@sender.test", "--to", "ann@example.test"));
    arguments.add(folder.toString());
    assertEquals(MESSAGES, MxProcess.run(work, 0, arguments).size());
  }

  private static List<String> run(
      String queue, ScriptedSmtpServer exchange, ScriptedDnsServer dns) {
    List<String> arguments = new ArrayList<>(List.of("run", "--json", "--queue", queue));
    arguments.addAll(List.of("--helo", "sender.test", "--allow-private", "--until-empty"));
    arguments.addAll(List.of("--dns", "127.0.0.1:" + dns.address().getPort()));
    arguments.addAll(List.of("--port", String.valueOf(exchange.port())));
    arguments.addAll(List.of("--concurrency", String.valueOf(CONCURRENCY)));
    arguments.addAll(List.of("--retry", "1s"));
    return arguments;
  }

  private static Map<String, Integer> copies(List<ReceivedMessage> arrived) {
    Map<String, Integer> copies = new HashMap<>();
    arrived.forEach(m -> copies.merge(subject(m), 1, Integer::sum));
    return copies;
  }

  private static void assertBalanced(List<ReceivedMessage> arrived) {
    Map<String, Integer> copies = copies(arrived);
    TreeSet<String> lost = new TreeSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      if (!copies.containsKey("m" + i)) {
        lost.add("m" + i);
      }
    }
    assertEquals(new TreeSet<>(), lost, "lost");
    assertEquals(MESSAGES, copies.size(), "phantoms");
    int duplicates = arrived.size() - MESSAGES;
    // G5: sessions between their last byte and a durable settle, and one batch of settles each.
    assertTrue(duplicates <= MISHAPS * 2 * CONCURRENCY, duplicates + " duplicates");
  }

  private static String subject(ReceivedMessage message) {
    return message.text().lines().findFirst().orElse("").substring("Subject: ".length());
  }
}
