package org.mxrelay.examples.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.examples.relay.Dialogue;
import org.mxrelay.testkit.Peers;

/** The gateway before a real Postfix: up, down, killed, back, stalled. */
@Tag("ci")
class RelayInteropTest {

  private static final String LETTER = "From: bob@client.test\r\nSubject: %s\r\n\r\nHello\r\n";

  private static final String POLICY =
      """
      smtpd_authorized_xclient_hosts = 127.0.0.0/8
      smtpd_client_restrictions = check_client_access inline:{
        { 127.0.0.66 = 554 5.7.1 this address is listed } }
      header_checks = regexp:{ { /^Subject: spam/ REJECT 5.7.1 we do not want this } }
      """;

  @TempDir Path exchange;
  @TempDir Path work;

  @Test
  void up_thePrimaryItselfAnswers() throws Exception {
    int port = Ports.free();
    try (PostfixServer postfix = primary(port);
        GatewayProcess gateway = GatewayProcess.start(work, port);
        Dialogue client = gateway.client()) {
      String unknown = client.mail("nobody@example.test", LETTER.formatted("x"));
      assertTrue(unknown.startsWith("550 5.1.1 <nobody@example.test>"), unknown);
      String unwanted = client.mail("ann@example.test", LETTER.formatted("spam"));
      assertEquals("550 5.7.1 we do not want this", unwanted);
      String taken = client.mail("ann@example.test", LETTER.formatted("fine"));
      assertTrue(taken.startsWith("250 2.0.0 Ok: queued as "), taken);

      String arrived = new String(postfix.awaitMessages(1).get(0), UTF_8);
      assertTrue(arrived.contains("Subject: fine"), arrived);
      assertEquals(0, GatewayProcess.backlog(gateway.status()));
      assertEquals(0, gateway.events("queued").size(), "nothing was queued");
      assertEquals(200, gateway.health());
      assertEquals(0, gateway.stop(), gateway::toString);
    }
  }

  @Test
  void xclient_thePrimaryJudgesTheClientsAddress() throws Exception {
    int port = Ports.free();
    try (PostfixServer postfix = primary(port);
        GatewayProcess gateway = GatewayProcess.start(work, port);
        Dialogue listed = Dialogue.greeted(gateway.mail(), "127.0.0.66");
        Dialogue other = Dialogue.greeted(gateway.mail(), "127.0.0.67")) {
      String refused = listed.mail("ann@example.test", LETTER.formatted("x"));
      assertTrue(refused.contains("this address is listed"), refused);
      other.mail("ann@example.test", LETTER.formatted("fine"));
      String arrived = new String(postfix.awaitMessages(1).get(0), UTF_8);
      assertTrue(arrived.contains("127.0.0.67"), arrived);
    }
  }

  @Test
  void swaks_isServedLikeAnybody() throws Exception {
    Path swaks = Peers.need("swaks", "swaks");
    int port = Ports.free();
    try (PostfixServer postfix = primary(port);
        GatewayProcess gateway = GatewayProcess.start(work, port)) {
      Process sender =
          new ProcessBuilder(
                  swaks.toString(),
                  "--server",
                  "127.0.0.1:" + gateway.mail().getPort(),
                  "--pipeline",
                  "--helo",
                  "client.test",
                  "--from",
                  "bob@client.test",
                  "--to",
                  "ann@example.test,ben@example.test")
              .redirectErrorStream(true)
              .start();
      String said = new String(sender.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, sender.waitFor(), said);
      assertEquals(2, postfix.awaitMessages(2).size());
    }
  }

  @Test
  void outage_knownAreTakenUnknownComeBackAndAllIsForwardedOnceInOrder() throws Exception {
    int port = Ports.free();
    List<String> sent = new ArrayList<>();
    try (PostfixServer postfix = primary(port);
        GatewayProcess gateway = GatewayProcess.start(work, port, "--lane-concurrency", "1")) {
      sent.add(send(gateway, "before"));
      postfix.stop();
      for (int i = 10; i < 40; i++) {
        sent.add(send(gateway, "m" + i));
      }
      try (Dialogue client = gateway.client()) {
        String unknown = client.mail("nobody@example.test", LETTER.formatted("x"));
        assertTrue(unknown.startsWith("450 4.1.1 "), unknown);
      }
      gateway.awaitPrimary("down");
      JsonObject down = gateway.status();
      assertEquals(30, GatewayProcess.backlog(down));
      assertEquals(200, gateway.health(), "the primary's outage is no illness of the backup");

      postfix.start(POLICY);
      gateway.awaitPrimary("up");
      gateway.awaitBacklog(0);
      Instant back =
          Instant.parse(gateway.status().getAsJsonObject("primary").get("since").getAsString());
      List<JsonObject> relayed = gateway.events("relayed");
      Instant last = Instant.parse(relayed.get(relayed.size() - 1).get("at").getAsString());
      assertTrue(Duration.between(back, last).toSeconds() < 30, back + " to " + last);
      assertEquals(new TreeSet<>(sent), subjects(postfix.awaitMessages(sent.size())));
      assertInOrder(gateway);
    }
  }

  @Test
  void killedWhileItTakesMail_losesNothingThatItAcknowledged() throws Exception {
    long seed = Long.getLong("mx.seed", System.nanoTime());
    int killAt = 15 + new Random(seed).nextInt(15);
    int port = Ports.free();
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    try (PostfixServer postfix = primary(port)) {
      try (GatewayProcess gateway = GatewayProcess.start(work, port)) {
        acknowledged.add(send(gateway, "before"));
        postfix.stop();
        CountDownLatch soMany = new CountDownLatch(killAt);
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
          Thread sender = new Thread(sender("s" + s + "-", gateway, acknowledged, soMany));
          senders.add(sender);
          sender.start();
        }
        assertTrue(soMany.await(60, TimeUnit.SECONDS), gateway.said());
        gateway.kill();
        for (Thread sender : senders) {
          sender.join();
        }
      }
      try (GatewayProcess again = GatewayProcess.start(work, port)) {
        acknowledged.add(send(again, "known after the kill"));
        postfix.start(POLICY);
        again.awaitPrimary("up");
        again.awaitBacklog(0);
        Set<String> arrived = subjects(postfix.awaitMessages(acknowledged.size()));
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(arrived);
        assertEquals(Set.of(), lost, "seed " + seed);
      }
    }
  }

  @Test
  void primaryUpButNothingGoes_isAnAlarm() throws Exception {
    int port = Ports.free();
    try (PostfixServer postfix = primary(port);
        GatewayProcess gateway = GatewayProcess.start(work, port, "--stalled-after", "2s")) {
      send(gateway, "before");
      postfix.stop();
      send(gateway, "stuck");
      postfix.start("smtpd_data_restrictions = defer\n");
      gateway.awaitPrimary("up");
      JsonObject stalled = gateway.awaitStatus(s -> s.getAsJsonArray("alarms").size() > 0);
      JsonObject alarm = stalled.getAsJsonArray("alarms").get(0).getAsJsonObject();
      assertEquals("stalled", alarm.get("kind").getAsString());
      assertEquals(503, gateway.health());
      assertEquals(1, gateway.events("alarm").size());
    }
  }

  private PostfixServer primary(int port) throws IOException {
    return PostfixServer.start(exchange, "mx1.example.test", "example.test", port, POLICY);
  }

  /** Sends a message that must be taken, and answers its subject. */
  private static String send(GatewayProcess gateway, String subject) throws IOException {
    try (Dialogue client = gateway.client()) {
      String reply = client.mail("ann@example.test", LETTER.formatted(subject));
      assertTrue(reply.startsWith("250 "), reply);
      return subject;
    }
  }

  /** Sends one after the other until nobody is there any more. */
  private static Runnable sender(
      String prefix, GatewayProcess gateway, Set<String> acknowledged, CountDownLatch soMany) {
    return () -> {
      try (Dialogue client = gateway.client()) {
        for (int i = 0; ; i++) {
          String subject = prefix + i;
          if (!client.mail("ann@example.test", LETTER.formatted(subject)).startsWith("250 ")) {
            return;
          }
          acknowledged.add(subject);
          soMany.countDown();
        }
      } catch (IOException killed) {
        // What had no answer is the client's to send again.
      }
    };
  }

  private static Set<String> subjects(List<byte[]> messages) {
    List<String> all = new ArrayList<>(messages.stream().map(Letters::subject).toList());
    Set<String> once = new TreeSet<>(all);
    Collections.sort(all);
    assertEquals(new ArrayList<>(once), all, "each once");
    return once;
  }

  /** The oldest first: over one session, in which none can overtake another. */
  private static void assertInOrder(GatewayProcess gateway) throws IOException {
    assertEquals(ids(gateway, "taken"), ids(gateway, "relayed"), gateway.said());
  }

  private static List<String> ids(GatewayProcess gateway, String event) throws IOException {
    return gateway.events(event).stream().map(RelayInteropTest::id).toList();
  }

  private static String id(JsonObject event) {
    return event.get("id").getAsString();
  }
}
