package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** Smart hosts, logins, source addresses and PROXY headers on the command line. */
class SmartHostOptionsTest {

  private static final String PLAIN =
      Base64.getEncoder().encodeToString("\0ann\0s3cret".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private final ScriptedSmtpServer host =
      ScriptedSmtpServer.start().offer("AUTH PLAIN").on(Step.OTHER, Behaviour.reply("235 Hi"));

  @AfterEach
  void stop() {
    host.close();
  }

  private Shell.Ran send(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("send", "--json", "--queue", "memory:", "--from", "a@x.example", "--to"));
    all.addAll(List.of("b@example.org", "--helo", "me.example", "--no-dane", "--no-mta-sts"));
    all.addAll(List.of(more));
    return Shell.runWith("Subject: x\r\n\r\nbody\r\n", all.toArray(String[]::new));
  }

  private String smartHost() {
    return "127.0.0.1:" + host.port();
  }

  private String passwordFile() throws IOException {
    return Files.writeString(folder.resolve("password"), "s3cret\n").toString();
  }

  @Test
  void smartHost_getsAllMailAndTheLogin() throws IOException {
    Shell.Ran ran =
        send(
            "--smart-host",
            smartHost(),
            "--user",
            "ann",
            "--password-file",
            passwordFile(),
            "--auth-over",
            "anything",
            "--mt-priority",
            "3");
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertTrue(host.sessions().get(0).commands().contains("AUTH PLAIN " + PLAIN));
    assertFalse(ran.toString().contains("s3cret") || ran.toString().contains(PLAIN), ran.out());
  }

  @Test
  void login_isNotSaidWithoutTlsUnlessAllowed() throws IOException {
    Shell.Ran ran =
        send(
            "--smart-host",
            smartHost(),
            "--user",
            "ann",
            "--password-file",
            passwordFile(),
            "--retry",
            "1s",
            "--expire",
            "1s");
    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    assertFalse(host.sessions().get(0).receivedText().contains("AUTH"));
  }

  @Test
  void namedTransport_hasTheSameAsOptionsOfItsOwn() throws IOException {
    Shell.Ran ran =
        send(
            "--smart-host",
            smartHost(),
            "--transport",
            "smtp:user=ann,auth-over=anything,source-address=127.0.0.8,mechanisms=PLAIN,"
                + "password-file="
                + passwordFile());
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertTrue(host.sessions().get(0).commands().contains("AUTH PLAIN " + PLAIN));
  }

  @Test
  void lmtp_isSpokenWithTheSmartHost() {
    host.lmtp();
    Shell.Ran ran = send("--smart-host", smartHost(), "--lmtp");
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertTrue(host.sessions().get(0).commands().contains("LHLO me.example"));
  }

  @Test
  void sourceAddressAndProxyHeader_areUsed() {
    // A server that knows no PROXY takes the header for a command that it does not know.
    host.on(Step.OTHER, Behaviour.reply("500 5.5.2 What?"));
    Shell.Ran ran =
        send(
            "--smart-host",
            smartHost(),
            "--source-address",
            "127.0.0.8",
            "--proxy-protocol",
            "v1",
            "--retry",
            "1s",
            "--expire",
            "1s");
    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    String first = host.sessions().get(0).commands().get(0);
    assertTrue(first.startsWith("PROXY TCP4 127.0.0.8 127.0.0.1 "), first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--user ann",
        "--smart-host h.example --user ann",
        "--smart-host h.example --user ann --password-file /no/such/file",
        "--smart-host h.example --password-file /dev/null",
        "--smart-host h.example --user ann --password-file /dev/null --token-file /dev/null",
        "--lmtp",
        "--smart-host h.example:0",
        "--smart-host h.example --lmtp --transport smtp",
        "--source-address localhost",
        "--source-address 127.0.0.1 --source-address 127.0.0.2",
        "--socks5 127.0.0.1",
        "--socks5 127.0.0.1:1080 --socks5-user ann",
        "--proxy-via 127.0.0.1:8000",
        "--proxy-via 127.0.0.1:8000 --proxy-protocol v2",
        "--mt-priority 10",
        "--transport smtp:user=ann",
        "--transport smtp:user=ann,password-file=/no/such/file",
        "--transport smtp:user=ann,password-file=/dev/null,mechanisms=CRAM-MD5",
        "--transport smtp:socks5=nowhere",
        "--transport smtp:proxy-via=127.0.0.1:8000",
        "--transport smtp:source-address=localhost",
        "--transport smtp:source-address=127.0.0.1_127.0.0.2",
      })
  void halfAnOption_isAUsageError(String options) {
    Shell.Ran ran =
        send(Stream.of(options.split(" ")).map(o -> o.replace('_', ' ')).toArray(String[]::new));
    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains("--"), ran::toString);
  }
}
