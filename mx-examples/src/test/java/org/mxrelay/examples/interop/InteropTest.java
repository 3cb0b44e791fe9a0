package org.mxrelay.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real messages through real software: Knot DNS says where, Postfix and smtp-sink take them. */
@Tag("interop")
class InteropTest {

  private static final String ZONE =
      """
      @ MX 20 backup
      @ MX 10 mx1
      mx1 A 127.0.0.1
      backup A 127.0.0.2
      """;

  @TempDir Path dns;
  @TempDir Path exchange;
  @TempDir Path work;

  @Test
  void postfix_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    try (KnotServer knot = KnotServer.start(dns, "example.test", ZONE);
        PostfixServer postfix =
            PostfixServer.start(exchange, "mx1.example.test", "example.test", port)) {
      MxProcess.run(work, 0, send(knot, port, files()));
      assertSame(Letters.all(), postfix.awaitMessages(Letters.all().size()));
    }
  }

  @Test
  void smtpSink_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    try (KnotServer knot = KnotServer.start(dns, "example.test", ZONE);
        SmtpSink sink = SmtpSink.start(exchange, "127.0.0.1", port)) {
      MxProcess.run(work, 0, send(knot, port, files()));
      assertSame(Letters.all(), sink.messages());
    }
  }

  @Test
  void smtpSinkThatSpeaksLmtp_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    try (KnotServer knot = KnotServer.start(dns, "example.test", ZONE);
        SmtpSink sink = SmtpSink.startLmtp(exchange, "127.0.0.1", port)) {
      List<String> arguments = send(knot, port, files());
      arguments.addAll(List.of("--smart-host", "127.0.0.1:" + port, "--lmtp"));
      arguments.addAll(List.of("--to", "bob@example.test"));
      List<String> events = MxProcess.run(work, 0, arguments);
      assertSame(Letters.all(), sink.messages());
      long relayed = events.stream().filter(e -> e.contains("\"event\":\"relayed\"")).count();
      assertEquals(2L * Letters.all().size(), relayed, () -> String.join("\n", events));
    }
  }

  @Test
  void primaryDown_backupTakesIt() throws Exception {
    int port = Ports.free();
    try (KnotServer knot = KnotServer.start(dns, "example.test", ZONE);
        SmtpSink sink = SmtpSink.start(exchange, "127.0.0.2", port)) {
      List<String> events = MxProcess.run(work, 0, send(knot, port, files().subList(0, 1)));
      assertEquals(1, sink.messages().size());
      assertTrue(
          events.stream().anyMatch(e -> e.contains("relayed") && e.contains("backup.example.test")),
          () -> String.join("\n", events));
    }
  }

  @Test
  void unknownRecipientAtPostfix_bouncesWithItsWords() throws Exception {
    int port = Ports.free();
    try (KnotServer knot = KnotServer.start(dns, "example.test", ZONE);
        PostfixServer postfix =
            PostfixServer.start(exchange, "mx1.example.test", "example.test", port)) {
      List<String> arguments = send(knot, port, files().subList(0, 1));
      arguments.set(arguments.indexOf("ann@example.test"), "nobody@example.test");
      arguments.set(arguments.indexOf("shop@sender.test"), "<>");
      List<String> events = MxProcess.run(work, 65, arguments);
      assertTrue(
          events.stream().anyMatch(e -> e.contains("\"bounced\"") && e.contains("5.1.1")),
          () -> String.join("\n", events));
      assertEquals(0, postfix.awaitMessages(0).size());
    }
  }

  private List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (Map.Entry<String, byte[]> letter : Letters.all().entrySet()) {
      files.add(Files.write(work.resolve(letter.getKey() + ".eml"), letter.getValue()).toString());
    }
    return files;
  }

  private List<String> send(KnotServer knot, int port, List<String> files) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "send",
                "--json",
                "--dns",
                knot.address(),
                "--port",
                String.valueOf(port),
                "--allow-private",
                "--helo",
                "sender.test",
                "--for",
                "60s",
                "--queue",
                "sqlite:" + work.resolve("mail.db"),
                "--from",
                "shop@sender.test",
                "--to",
                "ann@example.test"));
    arguments.addAll(files);
    return arguments;
  }

  private static void assertSame(Map<String, byte[]> sent, List<byte[]> stored) {
    Map<String, String> expected = new TreeMap<>();
    sent.forEach((name, bytes) -> expected.put(name, Letters.digest(bytes)));
    Map<String, String> found = new TreeMap<>();
    stored.forEach(bytes -> found.put(Letters.subject(bytes), Letters.digest(bytes)));
    assertEquals(expected, found);
    assertEquals(sent.size(), stored.size(), "each once");
  }
}
