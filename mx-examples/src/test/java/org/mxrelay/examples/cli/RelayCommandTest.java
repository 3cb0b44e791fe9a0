package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.examples.relay.Dialogue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;

/** The command whole; what the gateway does with a real primary is in the interop tests. */
class RelayCommandTest {

  private static final String ZONE =
      """
      example.org.      MX  10 mx1.example.org.
      example.org.      MX  20 mx2.example.org.
      mx1.example.org.  A   127.0.0.1
      mx2.example.org.  A   127.0.0.1
      """;

  private static final String[] ALL = {
    "relay",
    "--listen",
    "127.0.0.1:0",
    "--status",
    "127.0.0.1:0",
    "--queue",
    "memory:",
    "--self",
    "mx2.example.org",
    "--domain",
    "example.org",
    "--primary",
    "127.0.0.1:1"
  };

  @ParameterizedTest
  @CsvSource({
    "--rspamd, https://x,             --rspamd 'https://x'",
    "--rspamd, nonsense,              --rspamd 'nonsense'",
    "--milter, nonsense,              is not HOST:PORT",
    "--verify, hope,                  --verify 'hope'",
    "--verify, map:/nonexistent/file, no such file",
    "--tls-cert, /nonexistent/file,   no such file",
    "--tls-key, /nonexistent/file,    needs --tls-cert",
    "--max-hold, 1s,                  --max-hold '1s': 1s is not in 1h to 365d",
    "--stalled-after, 0s,             --stalled-after '0s': 0s is not more than zero",
    "--connections, 0,                must be 1 to",
    "--domain, not a domain,          domain",
    "--answer, maybe,                 --answer",
    "--expire, 1d,                    --expire: relay holds mail for --max-hold",
    "--retry-to, *=1s,                --retry-to: relay has one schedule",
    "--transport, angus,              --transport: relay speaks with the primary live",
    "--smart-host, mx.example,        --smart-host: relay forwards to the primary alone",
    "--user, me,                      --user: relay forwards to the primary alone",
    "--retry, nonsense,               --retry 'nonsense'",
    "--delay-notice, soon,            --delay-notice: not a duration",
    "--serve-stale, 8d,               --serve-stale",
    "--source-address, here,          --source-address 'here'",
  })
  void optionThatCannotBeUsed_isSaid(String option, String value, String why) {
    String[] arguments = java.util.Arrays.copyOf(ALL, ALL.length + 2);
    arguments[ALL.length] = option;
    arguments[ALL.length + 1] = value;
    Shell.Ran ran = Shell.run(arguments);
    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains(why), ran::toString);
  }

  @Test
  void help_offersNothingThatIsRefused() {
    String help = Shell.run("relay", "--help").out();
    for (String refused :
        List.of("--expire", "--retry-to", "--transport", "--smart-host", "--lmtp")) {
      assertFalse(help.contains(refused), refused);
    }
    assertTrue(help.contains("--max-hold") && help.contains("--socks5"), help);
    assertTrue(Shell.run("run", "--help").out().contains("--expire"));
  }

  @Test
  void bestExchange_isNoBackup() {
    try (ScriptedDnsServer dns =
        ScriptedDnsServer.start(
            "example.org. MX 10 mx2.example.org.\nmx2.example.org. A 127.0.0.1\n")) {
      Shell.Ran ran =
          Shell.run(
              "relay",
              "--listen",
              "127.0.0.1:0",
              "--status",
              "127.0.0.1:0",
              "--queue",
              "memory:",
              "--self",
              "mx2.example.org",
              "--domain",
              "example.org",
              "--dns",
              "127.0.0.1:" + dns.address().getPort());
      assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
      assertTrue(
          ran.err().contains("no exchange of example.org is better than ours"), ran::toString);
    }
  }

  @Test
  void mapFileWithAWrongLine_isSaid(@TempDir Path folder) throws Exception {
    Path map = Files.writeString(folder.resolve("map"), "nonsense\n");
    String[] arguments = java.util.Arrays.copyOf(ALL, ALL.length + 2);
    arguments[ALL.length] = "--verify";
    arguments[ALL.length + 1] = "map:" + map;
    Shell.Ran ran = Shell.run(arguments);
    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains("nonsense"), ran::toString);
  }

  @Test
  void primaryOfTheDns_isFoundServedAndRemembered(@TempDir Path folder) throws Exception {
    String queue = "sqlite:" + folder.resolve("mail.db");
    try (ScriptedSmtpServer primary = ScriptedSmtpServer.start().named("mx1.example.org");
        ScriptedDnsServer dns = ScriptedDnsServer.start(ZONE)) {
      try (RunningRelay relay = RunningRelay.start(options(dns, primary, queue));
          Dialogue client = Dialogue.greeted(relay.address())) {
        assertTrue(client.mail("ann@example.org", "Subject: up\r\n\r\n").startsWith("250 "));
        primary.stop();
        assertTrue(client.mail("ann@example.org", "Subject: down\r\n\r\n").startsWith("250 "));
        assertEquals(ExitCodes.OK, relay.end());
        assertEquals(1, relay.count("passed_on"), relay::said);
        assertEquals(1, relay.count("taken"), relay::said);
      }
      try (RunningRelay again = RunningRelay.start(options(dns, primary, queue));
          Dialogue client = Dialogue.greeted(again.address())) {
        assertTrue(client.mail("ann@example.org", "Subject: known\r\n\r\n").startsWith("250 "));
        assertTrue(client.mail("zoe@example.org", "Subject: no\r\n\r\n").startsWith("450 "));
        primary.restart();
        primary.awaitMessages(3, Duration.ofSeconds(60));
        assertEquals(ExitCodes.OK, again.end());
        assertEquals(2, again.count("relayed"), again::said);
      }
    }
  }

  private static String[] options(ScriptedDnsServer dns, ScriptedSmtpServer primary, String queue) {
    return new String[] {
      "relay",
      "--json",
      "--listen",
      "127.0.0.1:0",
      "--status",
      "127.0.0.1:0",
      "--queue",
      queue,
      "--self",
      "mx2.example.org",
      "--domain",
      "example.org",
      "--allow-private",
      "--dns",
      "127.0.0.1:" + dns.address().getPort(),
      "--port",
      String.valueOf(primary.port())
    };
  }
}
