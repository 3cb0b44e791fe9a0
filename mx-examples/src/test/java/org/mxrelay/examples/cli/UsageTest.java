package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

  private static final String ENVELOPE = " --from a@shop.example --to b@example.org ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          route                                        | DOMAIN
          route example.org --port 0                   | --port '0'
          route example.org --port 65536               | --port '65536'
          route example.org --port smtp                | 'smtp'
          route example.org --dns 127.0.0.1:99999      | '127.0.0.1:99999'
          route example.org --dns 127.0.0.1:x          | '127.0.0.1:x'
          route example.org --jsn                      | --jsn
          route example.org --repeat 0                 | --repeat '0'
          route example.org --tls maybe                | 'maybe'
          route example.org --self a..b                | --self 'a..b'
          route example.org --serve-stale 8d           | --serve-stale
          schedule --expire 5x                         | '5x'
          schedule --expire 5                          | '5'
          schedule --expire 0s                         | --expire: expiry: PT0S
          schedule --delay-notice 99999d               | --delay-notice: a duration of more than 36500d
          schedule --retry exp:x                       | --retry 'exp:x'
          send --retry-to example.org=x --from a@b.c --to d@e.f | --retry-to 'x'
          send --retry-to not_a..domain=1m --from a@b.c --to d@e.f | --retry-to 'not_a..domain'
          schedule --delay-notice soon                 | --delay-notice
          schedule --seed one                          | 'one'
          send --to b@example.org                      | --from
          send --from a@shop.example                   | --to
          ENVELOPE send --to nobody                    | --to 'nobody'
          ENVELOPE send --notify never,delay           | --notify
          ENVELOPE send --notify often                 | 'often'
          ENVELOPE send --ret some                     | 'some'
          ENVELOPE send --queue file.db                | --queue 'file.db'
          ENVELOPE send --queue sqlite:                | --queue 'sqlite:'
          ENVELOPE send --queue jdbc:oracle://a:b@x/y  | --queue 'jdbc:oracle://x/y'
          ENVELOPE send --queue memory: nosuch.eml     | 'nosuch.eml': no such file
          ENVELOPE send --queue memory: --concurrency 0 | --concurrency '0'
          ENVELOPE send --queue memory: --timeout-scale 0 | --timeout-scale '0.0'
          ENVELOPE send --queue memory: --trust no.pem | --trust 'no.pem': no such file
          ENVELOPE send --queue memory: --helo a..b    | --helo 'a..b'
          ENVELOPE send --queue memory: --for 1        | --for
          ENVELOPE enqueue --queue memory:             | --queue 'memory:'
          queue                                        | list|show|hold
          queue --queue memory: list                   | --queue 'memory:'
          queue --queue sqlite:/nowhere/q.db list      | no such file
          queue tidy                                   | 'tidy'
          audit                                        | DOMAIN
          audit example.org --zone-port 0              | --zone-port '0'
          audit example.org --timeout-scale 0          | --timeout-scale '0.0'
          bench relay --rounds -1                      | --rounds '-1'
          bench relay --warm-up 0                      | --warm-up '0'
          bench relay --nodes 0                        | --nodes '0'
          bench relay --nodes 2                        | --nodes '2': the default, a file of SQLite, serves one
          bench relay --nodes 2 --queue memory:        | --nodes '2': --queue 'memory:' serves one relay
          bench relay --nodes 2 --queue sqlite:q.db    | --nodes '2': --queue 'sqlite:q.db' serves one relay
          bench relay --tarpits 1                      | --tarpits '1': must be 0 to less than --domains '1'
          bench relay --tarpits -1                     | --tarpits '-1'
          bench relay --domains 2 --tarpits 1 --sink 127.0.0.1:25 | --tarpits '1': goes with exchanges of our own
          bench relay --domains 2 --tarpits 1 --queue sqlite:q.db | --tarpits '1': would leave mail in --queue 'sqlite:q.db'
          bench relay --deliver 10                     | --deliver '10': is a part of a backlog
          bench relay --backlog --deliver 0            | --deliver '0'
          bench relay --backlog --messages 5 --deliver 6 | --deliver '6': must be 1 to 5
          bench relay --backlog --deliver 5 --queue jdbc:postgresql://x/y?password=secret | would leave mail in --queue 'jdbc:postgresql://x/y'
          nonsense                                     | nonsense
          """)
  void unusableArgument_isNamedInOneLine(String command, String named) {
    Shell.Ran ran = Shell.run(arguments(command));

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertEquals("", ran.out());
    assertEquals(1, ran.err().lines().count(), ran::toString);
    assertTrue(ran.err().contains(named), ran::toString);
  }

  private static String[] arguments(String command) {
    String plain = command.strip();
    if (plain.startsWith("ENVELOPE ")) {
      plain = plain.substring("ENVELOPE ".length()) + ENVELOPE;
    }
    return plain.strip().split("\\s+");
  }

  @Test
  void noCommand_namesThem() {
    Shell.Ran ran = Shell.run();

    assertEquals(ExitCodes.USAGE, ran.exit());
    assertTrue(
        ran.err()
            .contains(
                "route, classify, schedule, send, enqueue, run, queue, audit, outage, relay,"
                    + " demo"));
  }

  @Test
  void folder_isNoMessage(@TempDir Path folder) {
    Shell.Ran ran = Shell.run(arguments("ENVELOPE send --queue memory: " + folder));

    assertEquals(ExitCodes.USAGE, ran.exit());
    assertTrue(ran.err().contains("is a folder"), ran::toString);
  }

  @Test
  void trustWithoutCertificate_isNamed(@TempDir Path folder) throws IOException {
    Path pem = Files.writeString(folder.resolve("ca.pem"), "no certificate\n");

    Shell.Ran ran = Shell.run(arguments("ENVELOPE send --queue memory: --trust " + pem));

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains("--trust '" + pem + "'"), ran::toString);
  }

  @Test
  void help_goesToStdout() {
    Shell.Ran ran = Shell.run("send", "--help");

    assertEquals(ExitCodes.OK, ran.exit());
    assertTrue(ran.out().contains("--from=A"), ran::toString);
    assertEquals("", ran.err());
  }

  @Test
  void argumentWithAtSign_isNoFileOfArguments(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("args"), "--json");

    assertTrue(Shell.run("route", "@" + file, "--dns", "x:y").err().contains("'x:y'"));
  }
}
