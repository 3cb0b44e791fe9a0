package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedServicesTest {

  @TempDir Path folder;

  private final Net net = new Net();

  @AfterEach
  void stop() {
    net.close();
  }

  private Shell.Ran send(String... more) {
    List<String> basics = List.of("send", "--from", "a@shop.example", "--to", "b@example.org");
    return Shell.runWith(
        "Subject: x\r\n\r\nbody\r\n",
        net.args(Stream.concat(basics.stream(), Stream.of(more)).toArray(String[]::new)));
  }

  @Test
  void angus_sendsWhatItIsTold() {
    Shell.Ran ran =
        send("--queue", "memory:", "--transport", "angus:helo=other.example,timeout-scale=2");
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertEquals("other.example", net.exchange.messages().get(0).helo());
    assertEquals(ExitCodes.OK, send("--queue", "memory:", "--transport", "angus").exit());
    assertEquals("app.shop.example", net.exchange.messages().get(1).helo());
  }

  @Test
  void transportOfOnesOwn_isFoundByItsName() throws IOException {
    Path mailbox = Files.createDirectories(folder.resolve("example.org/b"));
    Shell.Ran ran = send("--queue", "memory:", "--transport", "maildir:folder=" + folder);
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    try (Stream<Path> files = Files.list(mailbox.resolve("new"))) {
      assertEquals(1, files.count());
    }
    assertEquals(List.of(), net.exchange.messages());
  }

  @Test
  void namesThatNobodyHas_areUsageErrors() {
    for (String transport : List.of("pigeon", "smtp:hello=x", "smtp:chunking", "maildir")) {
      Shell.Ran ran = send("--queue", "memory:", "--transport", transport);
      assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
      assertTrue(ran.err().contains("--transport '" + transport + "'"), ran::toString);
    }
    Shell.Ran ran = send("--queue", "shoebox:size=9");
    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains("there are [memory, sqlite"), ran::toString);
  }
}
