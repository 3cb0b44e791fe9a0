package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.Step;

class SendCommandTest {

  private static final String MESSAGE = "Subject: Hello\r\n\r\n.\r\n..dots\r\n";

  private final Net net = new Net();

  @AfterEach
  void stop() {
    net.close();
  }

  private Shell.Ran send(String... more) {
    List<String> basics =
        List.of("send", "--from", "a@shop.example", "--to", "b@example.org", "--queue", "memory:");
    return Shell.runWith(
        MESSAGE, net.args(Stream.concat(basics.stream(), Stream.of(more)).toArray(String[]::new)));
  }

  private static String text(JsonObject event, String name) {
    return event.has(name) ? event.get(name).getAsString() : "absent";
  }

  @Test
  void relayedMessage_arrivesByteForByteAndExitsWith0() {
    Shell.Ran ran = send();

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertEquals(MESSAGE, net.exchange.messages().get(0).text());
    assertEquals(1, ran.events("queued").size(), ran::toString);
    JsonObject attempt = ran.events("attempt").get(0);
    assertEquals("1", text(attempt, "attempt"));
    assertEquals("mx.example.org", text(attempt, "host"));
    assertEquals("127.0.0.1", text(attempt, "address"));
    assertEquals("b@example.org", text(attempt, "recipient"));
    JsonObject relayed = ran.events("relayed").get(0);
    assertEquals("b@example.org", text(relayed, "recipient"));
    assertEquals("end-of-data", text(relayed, "stage"));
    assertEquals("delivered", text(relayed, "category"));
    assertEquals("none", text(relayed, "tls"));
    assertTrue(text(relayed, "reply").startsWith("250"), ran::toString);
    assertTrue(Instant.parse(text(relayed, "at")).isAfter(Instant.EPOCH));
    assertEquals(text(ran.events("queued").get(0), "id"), text(relayed, "id"));
  }

  @Test
  void refusedForGood_bouncesAndExitsWith65() throws InterruptedException {
    net.exchange.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("b@") ? "550 5.1.1 No such mailbox" : ""));

    Shell.Ran ran = send();

    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    JsonObject bounced = ran.events("bounced").get(0);
    assertEquals("5.1.1", text(bounced, "status"));
    assertEquals("recipient-unknown", text(bounced, "category"));
    assertEquals("RCPT", text(bounced, "stage"));
    assertTrue(text(bounced, "reply").contains("No such mailbox"), ran::toString);
    ReceivedMessage report = net.exchange.messages().get(0);
    assertEquals("", report.reversePath());
    assertEquals(List.of("a@shop.example"), report.addresses());
  }

  @Test
  void refusedForNow_isDeferredAndExitsWith75() {
    net.exchange.on(Step.RCPT, Behaviour.reply("450 4.2.2 Mailbox full"));

    Shell.Ran ran = send("--for", "1500ms", "--retry", "1h");

    assertEquals(ExitCodes.STILL_QUEUED, ran.exit(), ran::toString);
    JsonObject deferred = ran.events("deferred").get(0);
    assertEquals("mailbox-full", text(deferred, "category"));
    assertTrue(Instant.parse(text(deferred, "due")).isAfter(Instant.parse(text(deferred, "at"))));
  }

  @Test
  void oneRelayedOneRefused_are65AndTwoResults() {
    net.exchange.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("x@") ? "550 5.1.1 No such mailbox" : ""));

    Shell.Ran ran = send("--to", "x@example.org", "--notify", "never");

    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    assertEquals(1, ran.events("relayed").size());
    assertEquals("x@example.org", text(ran.events("bounced").get(0), "recipient"));
    JsonObject attempt = ran.events("attempt").get(0);
    assertEquals(2, attempt.getAsJsonArray("results").size());
    assertEquals("absent", text(attempt, "recipient"));
    assertEquals(1, net.exchange.messages().size());
  }

  @Test
  void requiredTls_acceptsOnlyTrustedAuthorities(@TempDir Path folder) throws Exception {
    net.exchange.offer("STARTTLS");
    byte[] certificate = net.exchange.certificate().x509().getEncoded();
    String base64 = Base64.getMimeEncoder().encodeToString(certificate);
    Path pem =
        Files.writeString(
            folder.resolve("ca.pem"),
            "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");

    Shell.Ran stranger = send("--tls", "required", "--for", "1s");
    assertEquals(ExitCodes.STILL_QUEUED, stranger.exit(), stranger::toString);
    assertEquals(List.of(), net.exchange.messages());

    Shell.Ran trusted = send("--tls", "required", "--trust", pem.toString());
    assertEquals(ExitCodes.OK, trusted.exit(), trusted::toString);
    assertEquals("verified", text(trusted.events("relayed").get(0), "certificate"));
    assertTrue(net.exchange.messages().get(0).tls());
  }

  @Test
  void lostReply_isUncertainAndPatient() {
    net.exchange.on(Step.END_OF_DATA, Behaviour.takeAndDrop());

    Shell.Ran ran = send("--for", "4s", "--retry", "10ms", "--timeout-scale", "0.5");

    assertEquals(ExitCodes.STILL_QUEUED, ran.exit(), ran::toString);
    assertEquals("127.0.0.1", text(ran.events("uncertain").get(0), "address"));
    JsonObject deferred = ran.events("deferred").get(0);
    Instant earliest = Instant.parse(text(deferred, "at")).plusSeconds(7 * 60);
    assertTrue(Instant.parse(text(deferred, "due")).isAfter(earliest), ran::toString);
    assertEquals(1, net.exchange.messages().size());
  }

  @Test
  void severalFiles_areSeveralMessages(@TempDir Path folder) throws IOException {
    Path one = Files.writeString(folder.resolve("1.eml"), "Subject: 1\r\n\r\none\r\n");
    Path two = Files.writeString(folder.resolve("2.eml"), "Subject: 2\r\n\r\ntwo\r\n");

    Shell.Ran ran = send(one.toString(), two.toString(), "-");

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertEquals(3, net.exchange.messages().size());
    assertEquals(3, ran.events("relayed").size());
  }

  @Test
  void envelopeOptions_reachTheExchange() {
    Shell.Ran ran = send("--notify", "success,failure", "--ret", "hdrs", "--envid", "QQ314");

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    ReceivedMessage got = net.exchange.messages().get(0);
    assertTrue(got.mailParameters().contains("RET=HDRS"), got::mailParameters);
    assertTrue(got.mailParameters().contains("ENVID=QQ314"), got::mailParameters);
    String parameters = got.recipients().get(0).parameters();
    assertTrue(parameters.contains("NOTIFY=") && parameters.contains("SUCCESS"), parameters);
  }

  @Test
  void withoutJson_eventsReadLikeALog() {
    String[] args =
        net.args("send", "--from", "a@shop.example", "--to", "b@example.org", "--queue", "memory:");
    Shell.Ran ran = Shell.runWith(MESSAGE, without(args, "--json"));

    assertTrue(ran.out().contains("  relayed    b@example.org  end-of-data: 250"), ran::toString);
  }

  private static String[] without(String[] args, String left) {
    return Stream.of(args).filter(a -> !a.equals(left)).toArray(String[]::new);
  }
}
