package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

class AuditCommandTest {

  private final Net net = new Net();
  private final ScriptedSmtpServer backup =
      ScriptedSmtpServer.start("127.0.0.2", net.exchange.port()).named("backup.example.net");

  @AfterEach
  void stop() {
    backup.close();
    net.close();
  }

  private Shell.Ran audit(String... args) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(args));
    Shell.Ran ran = Shell.run(net.args(all.toArray(String[]::new)));
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran;
  }

  private static Set<String> rules(Shell.Ran ran, String severity) {
    return ran.json().stream()
        .filter(line -> line.get("severity").getAsString().equals(severity))
        .map(line -> line.get("rule").getAsString())
        .collect(Collectors.toSet());
  }

  @Test
  void findings_areLinesOfTheContract() {
    net.dns.set("example.org. 60 MX 10 mx.example.org.\nmx.example.org. 3600 A 192.0.2.1\n");

    Shell.Ran ran = audit("example.org");

    for (JsonObject line : ran.json()) {
      assertEquals(
          List.of("domain", "severity", "rule", "subject", "message", "advice"),
          List.copyOf(line.keySet()));
      assertEquals("example.org", line.get("domain").getAsString());
    }
    assertEquals(Set.of("ttl-short"), rules(ran, "warning"));
    assertEquals(Set.of("single-mx", "no-ipv6", "mta-sts-absent"), rules(ran, "info"));
    assertEquals(Set.of(), rules(ran, "error"));
    assertTrue(rules(ran, "ok").contains("exchange-address"), ran::toString);
    assertEquals("warning", ran.json().get(0).get("severity").getAsString(), "worst first");
  }

  @Test
  void withoutProbe_nobodyIsSpokenTo() {
    audit("example.org");

    assertEquals(0, net.exchange.sessions().size());
  }

  @Test
  void probe_tellsWhatTheExchangeSays() {
    Shell.Ran ran = audit("--probe", "example.org");

    assertTrue(rules(ran, "ok").contains("session"), ran::toString);
    assertTrue(rules(ran, "warning").contains("starttls-absent"), ran::toString);
    assertFalse(ran.out().contains("spam-magnet"), ran::toString);
  }

  @Test
  void laxBackup_isFoundOnlyWhenRecipientsAreProbed() {
    net.dns.set(
        """
        example.org.         3600 MX 10 mx.example.org.
        example.org.         3600 MX 20 backup.example.net.
        mx.example.org.      3600 A  127.0.0.1
        backup.example.net.  3600 A  127.0.0.2
        """);
    net.exchange.on(Step.RCPT, Behaviour.reply("550 5.1.1 Who?"));

    assertFalse(audit("--probe", "example.org").out().contains("spam-magnet"));
    assertTrue(rules(audit("--probe-recipients", "example.org"), "error").contains("spam-magnet"));
  }

  @Test
  void severalDomains_areToldApart() {
    Shell.Ran ran = audit("example.org", "nowhere.example", "a..b");

    assertEquals(
        List.of("example.org", "nowhere.example", "a..b"),
        ran.json().stream().map(line -> line.get("domain").getAsString()).distinct().toList());
    assertEquals(Set.of("non-public-address", "no-such-domain", "no-domain"), rules(ran, "error"));
  }

  @Test
  void withoutJson_itReadsLikeAReport() {
    Shell.Ran ran =
        Shell.run("audit", "--dns", "127.0.0.1:" + net.dns.address().getPort(), "nowhere.example");

    assertEquals("nowhere.example: 1 error, 0 warning, 0 info, 0 ok", ran.lines().get(0));
    assertTrue(ran.out().contains("  error    nowhere.example  [no-such-domain]"), ran::toString);
    assertTrue(ran.out().contains("-> "), ran::toString);
    assertTrue(ran.lines().stream().allMatch(line -> line.length() < 90), ran::toString);
  }

  @Test
  void html_isWrittenBesideTheLines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");

    audit("--html", file.toString(), "example.org", "nowhere.example");

    String page = Files.readString(file);
    assertTrue(page.startsWith("<!DOCTYPE html>"), page);
    assertTrue(page.contains("mx.example.org"), page);
    assertTrue(page.contains("Overview"), page);
  }

  @Test
  void htmlThatCannotBeWritten_isAnError(@TempDir Path folder) {
    Path file = folder.resolve("no/such/folder/report.html");

    Shell.Ran ran = Shell.run(net.args("audit", "--html", file.toString(), "example.org"));

    assertEquals(ExitCodes.ERROR, ran.exit());
    assertTrue(ran.err().contains("--html"), ran::toString);
  }
}
